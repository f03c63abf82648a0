import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { TemplateFile } from '../render/TemplateFile';
import type { Release } from './Release';

/** Files are kept as they are, whatever bytes they hold. */
type PackedFile = { path: string; content: string; executable: boolean };

type Packed = Omit<Release, 'layers' | 'skeleton'> & {
  layers: { name: string; files: PackedFile[] }[];
  skeleton: PackedFile[];
};

function packFile({ path, content, executable }: TemplateFile): PackedFile {
  return { path, content: content.toString('base64'), executable };
}

function unpackFile({ path, content, executable }: PackedFile): TemplateFile {
  return { path, content: Buffer.from(content, 'base64'), executable };
}

function byPath(files: PackedFile[]): PackedFile[] {
  return [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A release as one piece, to be kept, and a digest that changes with its content. */
export function packRelease(release: Release): {
  content: Buffer;
  digest: string;
} {
  const packed: Packed = {
    ...release,
    layers: release.layers.map(({ name, files }) => ({
      name,
      files: byPath(files.map(packFile)),
    })),
    skeleton: byPath(release.skeleton.map(packFile)),
  };
  const text = JSON.stringify(packed);
  return {
    content: gzipSync(text),
    digest: createHash('sha256').update(text).digest('hex'),
  };
}

/** What `packRelease` made, as it was. */
export function unpackRelease(content: Buffer): Release {
  const packed: Packed = JSON.parse(gunzipSync(content).toString('utf8'));
  return {
    ...packed,
    layers: packed.layers.map(({ name, files }) => ({
      name,
      files: files.map(unpackFile),
    })),
    skeleton: packed.skeleton.map(unpackFile),
  };
}
