import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import type { BillPlace, FoundFile } from './BillPlace';
import type { FileStore } from './FileStore';
import type { ImportStore } from './ImportStore';

const bills = /\.(csv|gz|parquet)$/i;

/** So many files are looked up at once. */
const atOnce = 500;

/** A file that changed a moment ago may still be written. */
const settledMs = 60_000;

/** Says that a file is taken. @returns whether no other backend was faster */
async function claim(
  tx: Knex.Transaction,
  { path, bytes, modifiedAt }: FoundFile,
  id: string,
): Promise<boolean> {
  const [mine] = await tx('watched_files')
    .insert({ path, bytes, modified_at: modifiedAt, import_id: id })
    .onConflict()
    .ignore()
    .returning('import_id');
  return mine !== undefined;
}

/** Takes in what appears or changes in places, each file once, however many backends look. */
export class FileWatch {
  readonly #places: BillPlace[];
  readonly #knex: Knex;
  readonly #imports: ImportStore;
  readonly #files: FileStore;
  readonly #logger: LoggerService;
  readonly #onAdded: () => void;
  /** Files that could not be read, by their path, with those that were taken since. */
  readonly #late = new Map<string, { place: BillPlace; since: FoundFile[] }>();

  /** @param options.onAdded - called when there is a file to be read */
  constructor(options: {
    places: BillPlace[];
    knex: Knex;
    imports: ImportStore;
    files: FileStore;
    logger: LoggerService;
    onAdded: () => void;
  }) {
    this.#places = options.places;
    this.#knex = options.knex;
    this.#imports = options.imports;
    this.#files = options.files;
    this.#logger = options.logger;
    this.#onAdded = options.onAdded;
  }

  /** Looks into every place. A place, or a file in it, that cannot be read does not keep the others. */
  async look(now: Date, signal?: AbortSignal): Promise<void> {
    for (const place of this.#places) {
      try {
        for (const found of await this.#newFiles(place, now, signal)) {
          if (signal?.aborted) return;
          await this.#try(place, found, signal);
        }
      } catch (error) {
        this.#logger.warn(
          `The bills of ${place.source} in ${place.id} cannot be read: ${error}`,
        );
      }
    }
  }

  async #try(
    place: BillPlace,
    found: FoundFile,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    try {
      const isMine = await this.#take(place, found, signal, (tx, id) =>
        claim(tx, found, id),
      );
      const since = this.#late.get(found.path)?.since ?? [];
      this.#late.delete(found.path);
      for (const late of this.#late.values()) {
        if (late.place === place) late.since.push(found);
      }
      if (isMine) await this.#again(place, found, since, signal);
    } catch (error) {
      this.#warn(place, found.path, error);
      if (!this.#late.has(found.path)) {
        this.#late.set(found.path, { place, since: [] });
      }
    }
  }

  /** Takes the newer of some files once more, so that they have the last word of what a late one replaced. */
  async #again(
    place: BillPlace,
    late: FoundFile,
    files: FoundFile[],
    signal: AbortSignal | undefined,
  ): Promise<void> {
    for (const file of files) {
      if (file.modifiedAt <= late.modifiedAt) continue;
      try {
        await this.#take(place, file, signal, async () => true);
      } catch (error) {
        this.#logger.warn(
          `${file.path} is newer than ${late.path}, which was read only now, and has to be handed in again: ${error}`,
        );
      }
    }
  }

  #warn(place: BillPlace, path: string, error: unknown): void {
    this.#logger.warn(
      `${path}, which may be a bill of ${place.source}, cannot be read, and is tried again at the next look: ${error}`,
    );
  }

  /** In the order in which they were written, which is that in which they replace each other. */
  async #newFiles(
    place: BillPlace,
    now: Date,
    signal: AbortSignal | undefined,
  ): Promise<FoundFile[]> {
    const found: FoundFile[] = [];
    let asked: FoundFile[] = [];
    const files = place.files(signal, (path, error) =>
      this.#warn(place, path, error),
    );
    for await (const one of files) {
      const isSettled = now.getTime() - one.modifiedAt.getTime() >= settledMs;
      const isBill = bills.test(one.name) && one.bytes > 0;
      if (!isBill || !isSettled) continue;
      asked.push(one);
      if (asked.length < atOnce) continue;
      found.push(...(await this.#unknown(asked)));
      asked = [];
    }
    found.push(...(await this.#unknown(asked)));
    return found.sort(
      (one, other) => one.modifiedAt.getTime() - other.modifiedAt.getTime(),
    );
  }

  async #unknown(files: FoundFile[]): Promise<FoundFile[]> {
    const keyOf = (path: string, bytes: unknown, modifiedAt: Date) =>
      `${path} ${bytes} ${modifiedAt.getTime()}`;
    const rows = await this.#knex('watched_files')
      .whereIn(
        'path',
        files.map(({ path }) => path),
      )
      .select('path', 'bytes', 'modified_at');
    const known = new Set(
      rows.map(row => keyOf(row.path, row.bytes, row.modified_at)),
    );
    return files.filter(
      ({ path, bytes, modifiedAt }) =>
        !known.has(keyOf(path, bytes, modifiedAt)),
    );
  }

  /** @param mayTake - asked in the transaction in which it is taken */
  async #take(
    place: BillPlace,
    found: FoundFile,
    signal: AbortSignal | undefined,
    mayTake: (tx: Knex.Transaction, id: string) => Promise<boolean>,
  ): Promise<boolean> {
    const id = randomUUID();
    const stored = await this.#files.put(id, {
      content: await found.open(signal),
      announced: found.bytes,
    });
    const isMine =
      // It changes while it is read: it is looked at again when it rests.
      stored.bytes === found.bytes &&
      (await this.#knex.transaction(async tx => {
        if (!(await mayTake(tx, id))) return false;
        await this.#imports.add(
          {
            ...stored,
            id,
            source: place.source,
            filename: found.name.slice(-200),
            strays: 'refuse',
            created_by: place.id,
          },
          tx,
        );
        return true;
      }));
    if (isMine) this.#onAdded();
    else await this.#files.remove(id);
    return isMine;
  }
}
