import { InputError, isError } from '@backstage/errors';
import type { ImportReport } from '@waymark/plugin-dora-common';
import type { Fact } from '@waymark/plugin-dora-node';
import type { Knex } from 'knex';
import { readImportLine } from '../ingest/importLine';
import { readLines, type Line } from '../ingest/readLines';
import { BatchWriter } from './BatchWriter';
import type { FactStore, Located } from './FactStore';
import type { Locator } from './Locator';

const longestLine = 4_000_000;
/** So many that the database spends its time on the rows and not on the statement. */
const batchSize = 3000;
/** And no more than this at a time, however long the lines are. */
const batchCharacters = 16_000_000;
const listedErrors = 1000;

/** Takes lines of facts as they arrive and stores them in batches. */
export class FactImport {
  readonly #knex: Knex;
  readonly #store: FactStore;
  readonly #locator: Locator;
  readonly #onStored: () => void;

  private constructor(options: FactImportOptions) {
    this.#knex = options.knex;
    this.#store = options.store;
    this.#locator = options.locator;
    this.#onStored = options.onStored;
  }

  /** @param options.onStored - called after an import, to have its components computed soon */
  static create(options: FactImportOptions): FactImport {
    return new FactImport(options);
  }

  /** Reads to the end and says what became of each line. What it counts as accepted is stored. */
  async run(chunks: AsyncIterable<Buffer>): Promise<ImportReport> {
    const observedAt = new Date().toISOString();
    const report: ImportReport = {
      lines: 0,
      accepted: 0,
      unmatched: 0,
      rejected: 0,
      errors: [],
      errorsTruncated: false,
    };
    const writer = new BatchWriter(this.#knex, this.#store);
    let batch: Located[] = [];
    let characters = 0;
    const flush = async () => {
      const full = batch;
      batch = [];
      characters = 0;
      await writer.write(full);
    };

    try {
      for await (const lines of readLines(chunks, longestLine)) {
        for (const line of lines) {
          report.lines += 1;
          const fact = this.#read(line, observedAt, report);
          if (!fact) continue;
          const { located, unmatched } = await this.#locator.locate(fact);
          batch.push(...located);
          report.accepted += 1;
          if (unmatched.length > 0) report.unmatched += 1;
          characters += line.text.length;
          if (batch.length >= batchSize || characters >= batchCharacters) {
            await flush();
          }
        }
      }
      await flush();
      await writer.finished();
    } finally {
      // Even when the sender went away: what is stored is to be counted.
      await writer.release();
      this.#onStored();
    }
    return report;
  }

  /** @returns nothing when the line is wrong, which the report then says */
  #read(
    line: Line,
    observedAt: string,
    report: ImportReport,
  ): Fact | undefined {
    try {
      if (line.tooLong) {
        throw new InputError(
          `The line is longer than ${longestLine} characters`,
        );
      }
      return readImportLine(line.text, observedAt);
    } catch (error) {
      if (!isError(error) || error.name !== 'InputError') throw error;
      report.rejected += 1;
      if (report.errors.length < listedErrors) {
        report.errors.push({ line: line.number, message: error.message });
      } else {
        report.errorsTruncated = true;
      }
      return undefined;
    }
  }
}

type FactImportOptions = {
  knex: Knex;
  store: FactStore;
  locator: Locator;
  onStored: () => void;
};
