import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { paths } from '../../src/paths.ts';

/** One package of the workspace, and the files it is written in. */
export type Package = {
  name: string;
  /** `plugins/golden-paths-backend`, for messages. */
  folder: string;
  /** Folder name alone: `golden-paths-backend`, `app`. */
  id: string;
  kind: 'plugin' | 'package';
  dependencies: string[];
  files: string[];
};

const skipped = new Set(['node_modules', 'dist', 'dist-types', 'coverage']);

function filesBelow(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    if (skipped.has(entry.name)) return [];
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(file);
    return /\.(ts|tsx|mjs|cjs)$/.test(entry.name) ? [file] : [];
  });
}

/** Every package of the workspace. */
export function readPackages(): Package[] {
  return (['packages', 'plugins'] as const).flatMap(parent => {
    const folder = path.join(paths.root, parent);
    if (!fs.existsSync(folder)) return [];
    return fs
      .readdirSync(folder)
      .filter(id => fs.existsSync(path.join(folder, id, 'package.json')))
      .map(id => {
        const manifest = JSON.parse(
          fs.readFileSync(path.join(folder, id, 'package.json'), 'utf8'),
        );
        return {
          name: manifest.name,
          folder: `${parent}/${id}`,
          id,
          kind:
            parent === 'plugins' ? ('plugin' as const) : ('package' as const),
          dependencies: Object.keys(manifest.dependencies ?? {}),
          files: filesBelow(path.join(folder, id)),
        };
      });
  });
}

/** What a file imports, by the words in the import. */
export function importsOf(file: string): string[] {
  const text = fs.readFileSync(file, 'utf8');
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) => fileName);
}

/** A file's path as a reader would write it. */
export function shown(file: string): string {
  return path.relative(paths.root, file);
}
