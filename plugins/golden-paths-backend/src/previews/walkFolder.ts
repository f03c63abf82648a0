import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { SourceFile } from './TemplateSource';

const ignored = new Set(['.git', 'node_modules']);

/**
 * Every file below a folder, with paths relative to it. Symbolic links are not
 * followed: they may lead anywhere.
 */
export async function* walkFolder(
  folder: string,
  below = '',
): AsyncGenerator<SourceFile> {
  const entries = await readdir(path.join(folder, below), {
    withFileTypes: true,
  });
  for (const entry of entries) {
    const relative = path.posix.join(below, entry.name);
    if (entry.isFile()) {
      yield {
        path: relative,
        content: await readFile(path.join(folder, relative)),
      };
    } else if (entry.isDirectory() && !ignored.has(entry.name)) {
      yield* walkFolder(folder, relative);
    }
  }
}
