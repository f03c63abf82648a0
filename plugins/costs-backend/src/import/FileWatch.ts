import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { FileStore } from './FileStore';
import type { ImportStore } from './ImportStore';

/** A folder into which somebody puts the bills of a source. */
export type WatchedFolder = { path: string; source: string };

type FoundFile = { file: string; bytes: number; modifiedAt: Date };

const bills = /\.(csv|gz|parquet)$/i;

/** A file that changed a moment ago may still be written. */
const settledMs = 60_000;

/** Takes in what appears or changes in folders, each file once, however many backends look. */
export class FolderWatch {
  readonly #folders: WatchedFolder[];
  readonly #knex: Knex;
  readonly #imports: ImportStore;
  readonly #files: FileStore;
  readonly #logger: LoggerService;
  readonly #onAdded: () => void;

  /** @param options.onAdded - called when there is a file to be read */
  constructor(options: {
    folders: WatchedFolder[];
    knex: Knex;
    imports: ImportStore;
    files: FileStore;
    logger: LoggerService;
    onAdded: () => void;
  }) {
    this.#folders = options.folders;
    this.#knex = options.knex;
    this.#imports = options.imports;
    this.#files = options.files;
    this.#logger = options.logger;
    this.#onAdded = options.onAdded;
  }

  /** Looks into every folder. One that cannot be read does not keep the others. */
  async look(now: Date, signal?: AbortSignal): Promise<void> {
    for (const folder of this.#folders) {
      try {
        for (const found of await this.#newFiles(folder, now)) {
          if (signal?.aborted) return;
          await this.#take(folder, found);
        }
      } catch (error) {
        this.#logger.warn(
          `The folder ${folder.path} of bills of ${folder.source} cannot be read: ${error}`,
        );
      }
    }
  }

  /** In the order in which they were written, which is that in which they replace each other. */
  async #newFiles({ path: root }: WatchedFolder, now: Date) {
    const entries = await fs.readdir(root, {
      recursive: true,
      withFileTypes: true,
    });
    const found: FoundFile[] = [];
    for (const entry of entries) {
      if (!entry.isFile() || !bills.test(entry.name)) continue;
      const file = path.join(entry.parentPath, entry.name);
      const { size, mtime } = await fs.stat(file);
      const isSettled = now.getTime() - mtime.getTime() >= settledMs;
      const one = { file, bytes: size, modifiedAt: mtime };
      if (isSettled && !(await this.#isKnown(one))) found.push(one);
    }
    return found.sort(
      (one, other) => one.modifiedAt.getTime() - other.modifiedAt.getTime(),
    );
  }

  async #isKnown({ file, bytes, modifiedAt }: FoundFile): Promise<boolean> {
    const known = await this.#knex('watched_files')
      .where({ path: file, bytes, modified_at: modifiedAt })
      .first('import_id');
    return known !== undefined;
  }

  async #take(folder: WatchedFolder, found: FoundFile): Promise<void> {
    const { file, bytes, modifiedAt } = found;
    const id = randomUUID();
    const stored = await this.#files.put(id, createReadStream(file));
    const isMine =
      // It changes while it is read: it is looked at again when it rests.
      stored.bytes === bytes &&
      (await this.#knex.transaction(async tx => {
        const [mine] = await tx('watched_files')
          .insert({
            path: file,
            bytes,
            modified_at: modifiedAt,
            import_id: id,
          })
          .onConflict()
          .ignore()
          .returning('import_id');
        if (!mine) return false;
        await this.#imports.add(
          {
            ...stored,
            id,
            source: folder.source,
            filename: path.relative(folder.path, file).slice(-200),
            strays: 'refuse',
            created_by: `folder:${folder.path}`,
          },
          tx,
        );
        return true;
      }));
    if (isMine) this.#onAdded();
    else await this.#files.remove(id);
  }
}
