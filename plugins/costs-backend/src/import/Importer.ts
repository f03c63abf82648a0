import type { Knex } from 'knex';
import fs from 'node:fs/promises';
import { takeTime } from '../charges/takeTime';
import type { BillStore } from './BillStore';
import { Duck } from './Duck';
import type { FileStore } from './FileStore';
import { FocusReader, type FoundPeriod } from './FocusReader';
import type { ImportRow, ImportStore } from './ImportStore';
import { prepare } from './prepare';
import { ProgressTeller } from './ProgressTeller';
import { RefusedFileError } from './refused';
import { overlapText, overlapsWith, overlapsWithin } from './overlaps';
import { sliversOf } from './strays';

/** What may be used to read a file. */
export type ReadingLimits = {
  memoryMb: number;
  threads: number;
  /** Bytes of text. */
  largestBytes: number;
};

const isAboutTheFile = (error: unknown): error is Error =>
  error instanceof Error && error.name === 'InputError';

async function bytesOf(files: Record<string, string>): Promise<number> {
  const stats = await Promise.all(
    Object.values(files).map(file => fs.stat(file)),
  );
  return stats.reduce((sum, { size }) => sum + size, 0);
}

/** Reads one file and has it count from then on, or says why not. */
export class Importer {
  readonly #knex: Knex;
  readonly #imports: ImportStore;
  readonly #bills: BillStore;
  readonly #files: FileStore;
  readonly #limits: ReadingLimits;
  readonly #onStored: ImporterOptions['onStored'];

  private constructor(options: ImporterOptions) {
    this.#knex = options.knex;
    this.#imports = options.imports;
    this.#bills = options.bills;
    this.#files = options.files;
    this.#limits = options.limits;
    this.#onStored = options.onStored;
  }

  static create(options: ImporterOptions): Importer {
    return new Importer(options);
  }

  /** Everything of the file counts when this settles, or nothing of it. */
  async run(row: ImportRow, signal: AbortSignal): Promise<void> {
    if (!(await this.#isUnchanged(row))) {
      const folder = await this.#files.workFolder(row.id);
      try {
        await this.#read(row, folder, signal);
      } catch (error) {
        if (!isAboutTheFile(error)) throw error;
        await this.#imports.end(this.#knex, row, {
          state: 'failed',
          error: error.message,
          report: error instanceof RefusedFileError ? error.report : undefined,
        });
      }
    }
    await this.#files.remove(row.id);
  }

  /** Ends the import of a file that counts already. @returns false when it does not */
  async #isUnchanged(row: ImportRow): Promise<boolean> {
    return this.#knex.transaction(async tx => {
      // Nobody takes it back between the look and what is said of it.
      await this.#bills.hold(tx, row.source);
      const same = await this.#imports.sameAs(tx, row);
      if (!same) return false;
      await this.#imports.end(tx, row, {
        state: 'unchanged',
        report: same.report ?? undefined,
      });
      return true;
    });
  }

  async #read(
    row: ImportRow,
    folder: string,
    signal: AbortSignal,
  ): Promise<void> {
    const progress = new ProgressTeller(one => this.#imports.tell(row, one));
    const onBytes = (bytes: number) => progress.advance(bytes);
    await progress.begin('checking', Number(row.bytes));
    const file = await prepare(this.#files.pathOf(row.id), {
      folder,
      signal,
      onBytes,
      ...this.#limits,
    });
    await progress.begin('summing');
    const duck = await Duck.open({ folder, signal, ...this.#limits });
    let bills;
    let report;
    try {
      const reader = await FocusReader.open(duck, file, folder);
      await reader.read();
      const counting = await this.#bills.counting(row.source);
      const slivers = sliversOf(reader.totals, counting);
      const { periods, totals } = await reader.settle(slivers, row.strays);
      const instead = await this.#overlapped(row, reader, periods);
      const ids = await this.#bills.newIds(periods);
      const files = await reader.write(ids);
      report = reader.report;
      bills = { periods, totals, ids, files, counting, instead };
    } finally {
      duck.close();
    }
    await this.#imports.note(row, 'storing');
    await progress.begin('storing', await bytesOf(bills.files));
    const found = { ...bills, source: row.source, importId: row.id };
    await this.#knex.transaction(tx =>
      takeTime(tx, async () => {
        const periods = await this.#bills.replace(tx, found, {
          signal,
          onBytes,
        });
        await progress.begin('allocating');
        await this.#onStored(tx, [...found.ids.values()]);
        await this.#imports.end(tx, row, {
          state: 'done',
          report: { ...report, periods },
        });
      }),
    );
  }

  /**
   * Says which other billing periods that count give way, as days of them
   * would count twice.
   *
   * @throws RefusedFileError when the sender did not say that they are to
   */
  async #overlapped(
    { source, strays }: ImportRow,
    { report }: FocusReader,
    periods: FoundPeriod[],
  ): Promise<string[]> {
    const [inFile] = overlapsWithin(periods);
    if (inFile) {
      throw new RefusedFileError(
        `Days would count twice: in the file, ${overlapText(
          inFile,
        )}. Send each account whose billing periods are others under a source of its own`,
        report,
      );
    }
    const found = overlapsWith(periods, await this.#bills.periods(source));
    if (found.length > 0 && strays !== 'replace') {
      throw new RefusedFileError(
        `Days would count twice: ${overlapText(
          found[0],
        )}, which counts of ${source}. Send it with strays=replace if it says anew what that one said, or under a source of its own if both are to count`,
        report,
      );
    }
    report.warnings.push(
      ...found.map(overlap => `Replaced: ${overlapText(overlap)}`),
    );
    return found.map(({ other }) => other.start);
  }
}

type ImporterOptions = {
  knex: Knex;
  imports: ImportStore;
  bills: BillStore;
  files: FileStore;
  limits: ReadingLimits;
  /** Says of bills who bears them, in the transaction in which they begin to count. */
  onStored: (tx: Knex.Transaction, bills: string[]) => Promise<void>;
};
