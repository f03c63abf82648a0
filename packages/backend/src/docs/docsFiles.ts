import { isChildPath } from '@backstage/backend-plugin-api';
import { createHash } from 'node:crypto';
import { copyFile, lstat, mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';

/** Beside the pages: MkDocs' configuration, and what stands in for a first page. */
const TOP_FILES = ['mkdocs.yml', 'mkdocs.yaml', 'README.md', 'readme.md'];

async function isRegular(path: string, kind: 'isFile' | 'isDirectory') {
  const found = await lstat(path).catch(() => undefined);
  return found?.[kind]() ?? false;
}

async function pagesFolder(folder: string): Promise<string> {
  for (const name of ['mkdocs.yml', 'mkdocs.yaml']) {
    const config = await readFile(join(folder, name), 'utf8').catch(() => '');
    const named = /^docs_dir:\s*["']?([^"'#\n]+)/m.exec(config)?.[1].trim();
    if (named && isChildPath(folder, resolve(folder, named))) {
      return named;
    }
  }
  return 'docs';
}

/** How docs are built from their files: another number has all built again. */
const BUILD = 2;

/**
 * The files of a folder that documentation is built from, sorted and relative
 * to it: MkDocs' configuration, the readme and the pages. Symbolic links are
 * left out, for they may lead anywhere.
 */
export async function listDocs(folder: string): Promise<string[]> {
  const files: string[] = [];
  for (const name of TOP_FILES) {
    if (await isRegular(join(folder, name), 'isFile')) {
      files.push(name);
    }
  }
  const pages = join(folder, await pagesFolder(folder));
  if (await isRegular(pages, 'isDirectory')) {
    const entries = await readdir(pages, {
      recursive: true,
      withFileTypes: true,
    });
    files.push(
      ...entries
        .filter(entry => entry.isFile())
        .map(entry => relative(folder, join(entry.parentPath, entry.name))),
    );
  }
  return files.sort();
}

/**
 * A short text that changes when one of the files does. Reads names, sizes and
 * times only, never contents.
 */
export async function fingerprint(
  folder: string,
  files: string[],
): Promise<string> {
  const hash = createHash('sha256').update(`${BUILD}\n`);
  for (const file of files) {
    const { size, mtimeMs } = await lstat(join(folder, file));
    hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 32);
}

/** Copies the files to the same places in another folder. */
export async function copyDocs(
  from: string,
  files: string[],
  to: string,
): Promise<void> {
  for (const file of files) {
    const target = join(to, file);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(from, file), target);
  }
}
