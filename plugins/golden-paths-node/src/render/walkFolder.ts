import fs from 'node:fs/promises';
import path from 'node:path';
import type { TemplateFile } from './TemplateFile';

const ignored = new Set(['.git', 'node_modules']);

/**
 * Every file below a folder, with paths relative to it. Symbolic links are not
 * followed: they may lead anywhere.
 */
export async function* walkFolder(
  folder: string,
  below = '',
): AsyncGenerator<TemplateFile> {
  const entries = await fs.readdir(path.join(folder, below), {
    withFileTypes: true,
  });
  for (const entry of entries) {
    const relative = path.posix.join(below, entry.name);
    if (entry.isFile()) {
      const file = path.join(folder, relative);
      const { mode } = await fs.stat(file);
      yield {
        path: relative,
        content: await fs.readFile(file),
        executable: (mode & 0o111) !== 0,
      };
    } else if (entry.isDirectory() && !ignored.has(entry.name)) {
      yield* walkFolder(folder, relative);
    }
  }
}
