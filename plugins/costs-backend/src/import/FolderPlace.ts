import { isError } from '@backstage/errors';
import { createReadStream, type Dirent } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { BillPlace, FoundFile } from './BillPlace';

/** A folder into which somebody puts the bills of a source. */
export type WatchedFolder = { path: string; source: string };

/** What somebody took away while it was looked at is no trouble. */
function unlessGone(
  file: string,
  error: unknown,
  onUnreadable: (path: string, error: unknown) => void,
): undefined {
  const isGone = isError(error) && 'code' in error && error.code === 'ENOENT';
  if (!isGone) onUnreadable(file, error);
}

/** Finds bills in a folder and those in it. */
export class FolderPlace implements BillPlace {
  readonly id: string;
  readonly source: string;
  readonly #root: string;

  constructor({ path: root, source }: WatchedFolder) {
    this.id = `folder:${root}`;
    this.source = source;
    this.#root = root;
  }

  async *files(
    _signal: AbortSignal | undefined,
    onUnreadable: (path: string, error: unknown) => void,
  ): AsyncIterable<FoundFile> {
    const folders = [this.#root];
    for (let folder = folders.pop(); folder; folder = folders.pop()) {
      for (const entry of await this.#entries(folder, onUnreadable)) {
        const file = path.join(folder, entry.name);
        if (entry.isDirectory()) folders.push(file);
        if (!entry.isFile()) continue;
        const stat = await fs
          .stat(file)
          .catch(error => unlessGone(file, error, onUnreadable));
        if (!stat) continue;
        yield {
          path: file,
          name: path.relative(this.#root, file),
          bytes: stat.size,
          modifiedAt: stat.mtime,
          open: async () => createReadStream(file),
        };
      }
    }
  }

  async #entries(
    folder: string,
    onUnreadable: (path: string, error: unknown) => void,
  ): Promise<Dirent[]> {
    try {
      return await fs.readdir(folder, { withFileTypes: true });
    } catch (error) {
      if (folder === this.#root) throw error;
      unlessGone(folder, error, onUnreadable);
      return [];
    }
  }
}
