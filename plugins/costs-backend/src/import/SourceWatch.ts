import type { LoggerService } from '@backstage/backend-plugin-api';
import type { BillingMonth, BillSource } from '@waymark/plugin-costs-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { billCsv } from './billCsv';
import type { FileStore } from './FileStore';
import type { ImportStore } from './ImportStore';
import { StoredDays } from './StoredDays';
import { wholeMonth } from './wholeMonth';

/** For so many days of the next month a source is asked for the last one again. */
const lateDays = 5;

const monthOf = (year: number, month: number, now: Date): BillingMonth => {
  const end = new Date(Date.UTC(year, month + 1, 1));
  const today = Date.UTC(
    now.getUTCFullYear(),
    now.getUTCMonth(),
    now.getUTCDate(),
  );
  return {
    start: new Date(Date.UTC(year, month, 1)),
    end,
    until: new Date(Math.min(end.getTime(), today)),
  };
};

/** The months that a source may say something new of. */
export function monthsToAsk(now: Date): BillingMonth[] {
  const year = now.getUTCFullYear();
  const month = now.getUTCMonth();
  return [
    ...(now.getUTCDate() <= lateDays ? [monthOf(year, month - 1, now)] : []),
    monthOf(year, month, now),
  ].filter(({ start, until }) => start < until);
}

/** Asks sources what was used, and has it imported like any file. */
export class SourceWatch {
  readonly #sources: BillSource[];
  readonly #knex: Knex;
  readonly #imports: ImportStore;
  readonly #files: FileStore;
  readonly #logger: LoggerService;
  readonly #onAdded: () => void;

  /** @param options.onAdded - called when there is a file to be read */
  constructor(options: {
    sources: BillSource[];
    knex: Knex;
    imports: ImportStore;
    files: FileStore;
    logger: LoggerService;
    onAdded: () => void;
  }) {
    this.#sources = options.sources;
    this.#knex = options.knex;
    this.#imports = options.imports;
    this.#files = options.files;
    this.#logger = options.logger;
    this.#onAdded = options.onAdded;
  }

  /** Asks every source. One that does not answer does not keep the others, and what it said before counts. */
  async look(now: Date, signal: AbortSignal): Promise<void> {
    for (const source of this.#sources) {
      for (const month of monthsToAsk(now)) {
        if (signal.aborted) return;
        try {
          await this.#take(source, month, signal);
        } catch (error) {
          this.#logger.warn(
            `The bill of ${source.source} could not be fetched: ${error}`,
          );
        }
      }
    }
  }

  async #take(
    source: BillSource,
    month: BillingMonth,
    signal: AbortSignal,
  ): Promise<void> {
    const id = randomUUID();
    const filename = `${month.start.toISOString().slice(0, 7)}.csv`;
    const rows = wholeMonth(
      source.rows(month, signal),
      new StoredDays(this.#knex),
      { source: source.source, month },
    );
    const content = billCsv(rows)[Symbol.asyncIterator]();
    const first = await content.next();
    // It knows of nothing yet, which is not the same as a bill without rows.
    if (first.done) return;
    const stored = await this.#files.put(id, {
      content: chain(first.value, content),
    });
    if (await this.#isLastSaid(source.source, filename, stored.digest)) {
      await this.#files.remove(id);
      return;
    }
    await this.#imports.add({
      ...stored,
      id,
      source: source.source,
      filename,
      strays: 'refuse',
      created_by: `source:${source.source}`,
    });
    this.#onAdded();
  }

  /** Whether the newest file of a month is the very same: hours without news are no imports. */
  async #isLastSaid(source: string, filename: string, digest: string) {
    const last = await this.#knex('imports')
      .where({ source, filename })
      .orderBy('number', 'desc')
      .first('digest', 'state');
    return last?.digest === digest && last.state !== 'failed';
  }
}

async function* chain(first: Buffer, rest: AsyncIterator<Buffer>) {
  yield first;
  for (;;) {
    const next = await rest.next();
    if (next.done) return;
    yield next.value;
  }
}
