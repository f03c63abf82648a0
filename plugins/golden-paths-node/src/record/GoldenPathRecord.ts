import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { TemplateFile } from '../render/TemplateFile';

/** Where a repository remembers which golden path it is on. */
export const recordPath = '.golden-path.json';

/** What a repository remembers of the golden path it was made from. */
export type GoldenPathRecord = {
  /** The template, as an entity reference. */
  template: string;
  /** Semantic version of the template. */
  version: string;
  /** What was answered in its form. */
  answers: JsonObject;
  /** Where the portal was; absent in what was written before files could know it. */
  portalUrl?: string;
  /** SHA-256 of each file as the template wrote it, in hexadecimal, by path. */
  files: Record<string, string>;
};

const schema = z.object({
  template: z.string().min(1),
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'is not a semantic version'),
  answers: z.record(z.string(), z.json()),
  portalUrl: z.string().optional(),
  files: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)),
});

/** SHA-256 of a file's bytes, in hexadecimal. */
export function hashOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The file by which a repository remembers its golden path. */
export function recordFile(
  about: Omit<GoldenPathRecord, 'files'>,
  files: TemplateFile[],
): TemplateFile {
  const record: GoldenPathRecord = {
    template: about.template,
    version: about.version,
    answers: about.answers,
    portalUrl: about.portalUrl,
    files: Object.fromEntries(
      files.map(({ path, content }) => [path, hashOf(content)]),
    ),
  };
  return {
    path: recordPath,
    content: Buffer.from(`${JSON.stringify(record, null, 2)}\n`),
    executable: false,
  };
}

/**
 * Reads what a repository remembers.
 *
 * @throws InputError that says what is wrong with the file
 */
export function parseRecord(text: string): GoldenPathRecord {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const reason =
      error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new InputError(
      `${recordPath} is not what a golden path writes: ${reason}. Restore it from the history of the repository.`,
    );
  }
}
