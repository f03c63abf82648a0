import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const CONFIG_FILES = ['mkdocs.yml', 'mkdocs.yaml'];

/**
 * A short text that changes when the documentation in a folder changes: its
 * MkDocs configuration, or a file below `docsFolder`. Reads names, sizes and
 * times only, never contents.
 *
 * @param folder - absolute path of the folder with `mkdocs.yml`
 * @param docsFolder - name of the folder with the pages
 */
export async function fingerprint(
  folder: string,
  docsFolder = 'docs',
): Promise<string> {
  const pages = await readdir(join(folder, docsFolder), {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  const files = pages
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort();

  const hash = createHash('sha256');
  for (const file of [
    ...CONFIG_FILES.map(name => join(folder, name)),
    ...files,
  ]) {
    const found = await stat(file).catch(() => undefined);
    hash.update(`${file}\0${found?.size}\0${found?.mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 32);
}
