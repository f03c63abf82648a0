import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { BillPlace, FoundFile } from './BillPlace';

/** A folder into which somebody puts the bills of a source. */
export type WatchedFolder = { path: string; source: string };

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

  async *files(): AsyncIterable<FoundFile> {
    const entries = await fs.readdir(this.#root, {
      recursive: true,
      withFileTypes: true,
    });
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      const { size, mtime } = await fs.stat(file);
      yield {
        path: file,
        name: path.relative(this.#root, file),
        bytes: size,
        modifiedAt: mtime,
        open: async () => createReadStream(file),
      };
    }
  }
}
