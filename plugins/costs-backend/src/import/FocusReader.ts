import { InputError } from '@backstage/errors';
import {
  focusDimensions,
  measures,
  type Costs,
  type ImportReport,
  type StrayChoice,
} from '@waymark/plugin-costs-common';
import path from 'node:path';
import { chargesAfterEnd } from './afterEnd';
import { columnsReport, recognise, requireColumns } from './columns';
import { Duck, named, quoted } from './Duck';
import {
  checksOf,
  decimal,
  firstFailed,
  rawOf,
  valueOf,
  withValues,
  type Check,
  type Texts,
} from './focusSql';
import type { PreparedFile } from './prepare';
import { RefusedFileError, refused, reportOf } from './refused';
import { Refusals } from './Refusals';
import { sourceOf, type Source } from './source';
import { sliverText, type Sliver } from './strays';
import { itemColumns, itemNumber, quantities, said, sumUp } from './sumSql';
import { TagReader } from './TagReader';

/** What a file says of a billing period. */
export type FoundPeriod = { start: string; end: string };

/** The sums of a billing period in a currency. */
export type FoundTotals = {
  start: string;
  currency: string;
  rows: number;
  totals: Costs;
};

/** Without zeros that say nothing. */
const trimmed = (number: string) =>
  number.includes('.') ? number.replace(/\.?0+$/, '') : number;

/**
 * Reads one FOCUS file: looks whether every row can be taken, and then sums
 * up the rows of each day that are about the same thing. Nothing of a file
 * with a row that cannot be taken is used.
 */
export class FocusReader {
  readonly #duck: Duck;
  readonly #folder: string;
  readonly #source: Source;
  readonly #texts: Texts;
  readonly #checks: Check[];
  readonly #refusals: Refusals;
  #totals: FoundTotals[] = [];
  readonly report: ImportReport;

  private constructor(options: {
    duck: Duck;
    folder: string;
    source: Source;
    texts: Texts;
    report: ImportReport;
  }) {
    this.#duck = options.duck;
    this.#folder = options.folder;
    this.#source = options.source;
    this.#texts = options.texts;
    this.#checks = checksOf(options.texts, new Date(), options.source.hasLines);
    this.#refusals = new Refusals({ ...options, checks: this.#checks });
    this.report = options.report;
  }

  /** @throws RefusedFileError when the columns are not those of a bill */
  static async open(
    duck: Duck,
    file: PreparedFile,
    folder: string,
  ): Promise<FocusReader> {
    const report = reportOf(file.format);
    try {
      const source = await sourceOf(duck, file);
      const columns = recognise(source.names);
      report.columns = columnsReport(columns);
      requireColumns(columns);
      report.focusVersion = columns.version;
      const texts = new Map(
        [...columns.places].map(([name, place]) => [name, source.texts[place]]),
      );
      return new FocusReader({
        duck,
        folder,
        source: { ...source, rows: withValues(source.rows, texts) },
        texts,
        report,
      });
    } catch (error) {
      throw refused(error, report);
    }
  }

  /** The sums that the file was read to have. */
  get totals(): FoundTotals[] {
    return this.#totals;
  }

  /** Sums up the file. @throws RefusedFileError when a row cannot be taken */
  async read(): Promise<void> {
    try {
      await this.#sumUp();
      await this.#refuseRows();
      await this.#findItems();
      this.#totals = await this.#sums();
      this.report.warnings.push(...(await chargesAfterEnd(this.#duck)));
      this.report.periods = this.#totals.map(({ start, ...found }) => ({
        ...found,
        billingPeriodStart: start,
        replaced: null,
      }));
    } catch (error) {
      throw refused(error, this.report);
    }
  }

  /**
   * Says which billing periods of the file are to count.
   *
   * @param slivers - those that it says far less of than what counts
   * @throws RefusedFileError when some are strays, and strays are refused
   */
  async settle(
    slivers: Sliver[],
    choice: StrayChoice,
  ): Promise<{ periods: FoundPeriod[]; totals: FoundTotals[] }> {
    const strays = slivers.filter(({ isStray }) => isStray);
    if (strays.length > 0 && choice === 'refuse') {
      this.report.refused = {
        count: strays.reduce((sum, { rows }) => sum + rows, 0),
        rows: await this.#refusals.strays(
          this.#date('BillingPeriodStart'),
          strays,
        ),
      };
      throw new RefusedFileError(
        `The file is about another billing period, and yet it would replace one: ${sliverText(
          strays[0],
        )}. Send it with strays=leave to leave these rows out, or with strays=replace if there is no more to that billing period`,
        this.report,
      );
    }
    const isLeft = (start: string) =>
      choice === 'leave' && strays.some(stray => stray.start === start);
    this.report.warnings.push(
      ...slivers.map(
        sliver =>
          `${isLeft(sliver.start) ? 'Left out' : 'Replaced'}: ${sliverText(
            sliver,
          )}`,
      ),
    );
    const periods = await this.#duck.rows<FoundPeriod>(
      `select cast(period as varchar) as start, cast(max(period_end) as varchar) as "end"
        from charges group by period order by period`,
    );
    return {
      periods: periods.filter(({ start }) => !isLeft(start)),
      totals: this.#totals.filter(({ start }) => !isLeft(start)),
    };
  }

  /**
   * Writes what was found as CSV, as the tables of the database have it.
   *
   * @param bills - ids of bills by the start of their billing periods
   */
  async write(
    bills: Map<string, string>,
  ): Promise<{ items: string; charges: string }> {
    const items = path.join(this.#folder, 'items.csv');
    const charges = path.join(this.#folder, 'charges.csv');
    const rows = [...bills].map(
      ([start, id]) => `(date ${quoted(start)}, cast(${id} as bigint))`,
    );
    await this.#duck.run(
      `create or replace table bills as
        select * from (values ${rows.join(', ')}) as b(period, bill)`,
    );
    await this.#duck.run(
      `copy (
        select distinct bill, i.item, ${focusDimensions
          .map(name => `i.${named(name)}`)
          .join(', ')}, t.clean
        from items i
        join (select distinct item, period from charges) c using (item)
        join bills using (period)
        left join tags t on t.raw = i."Tags"
        order by bill, i.item
      ) to ${quoted(items)} (format csv, header false)`,
    );
    await this.#duck.run(
      `copy (
        select bill, item, day, rows, ${[...measures, ...quantities]
          .map(named)
          .join(', ')}
        from charges join bills using (period) order by bill, item, day
      ) to ${quoted(charges)} (format csv, header false)`,
    );
    return { items, charges };
  }

  #value(name: string): string {
    const text = this.#texts.get(name);
    return text ? valueOf(text) : `null::${decimal}`;
  }

  #date(name: string): string {
    return `cast(${this.#value(name)} as date)`;
  }

  /** The rows with everything that says what a charge is for, when and how much. */
  #rows(): string {
    const dimensions = itemColumns.map(name => {
      const text = this.#texts.get(name);
      return `${text ? rawOf(text) : 'null::varchar'} as ${named(name)}`;
    });
    const others = [...measures, ...quantities].map(
      name => `${this.#value(name)} as ${named(name)}`,
    );
    return `select ${[...dimensions, ...others].join(', ')},
        ${this.#date('BillingPeriodStart')} as period,
        ${this.#date('BillingPeriodEnd')} as period_end,
        ${this.#date('ChargePeriodStart')} as day,
        ${firstFailed(this.#checks)} as failed
      from ${this.#source.rows}`;
  }

  async #sumUp(): Promise<void> {
    await this.#duck.run(`create table sums as ${sumUp(this.#rows())}`);
    const [found] = await this.#duck.rows<Record<string, bigint>>(
      `select coalesce(sum(rows), 0)::bigint as rows, coalesce(sum(failed), 0)::bigint as failed,
        ${measures
          .map(
            name =>
              `coalesce(sum(${named(`no${name}`)}), 0)::bigint as ${named(
                name,
              )}`,
          )
          .join(', ')}
        from sums`,
    );
    this.report.rows = Number(found.rows);
    this.report.refused.count = Number(found.failed);
    // What cannot be read is empty as well, and counts as nothing at all.
    if (this.report.refused.count > 0) return;
    this.report.warnings.push(
      ...measures
        .filter(name => found[name] > 0)
        .map(name => `${name} is empty in ${found[name]} rows, counted as 0`),
    );
  }

  async #refuseRows(): Promise<void> {
    const broken = await this.#refusals.lines();
    if (broken.count > 0) {
      this.report.refused = broken;
      throw this.#refusal();
    }
    if (this.report.rows === 0) throw new InputError('The file has no rows');
    if (this.report.refused.count === 0) return;
    this.report.refused.rows = await this.#refusals.rows();
    this.report.columns.wrongType = await this.#refusals.columns();
    throw this.#refusal();
  }

  #refusal(): InputError {
    const { count, rows } = this.report.refused;
    const [{ line, column, reason }] = rows;
    return new InputError(
      `${count} rows cannot be taken, so none is; the first is line ${line}: ${`${column} ${reason}`.trim()}`,
    );
  }

  async #findItems(): Promise<void> {
    await this.#duck.run(
      `create table items as
        select ${itemNumber} as item, ${said} from (select distinct ${said} from sums)`,
    );
    const [{ same }] = await this.#duck.rows<{ same: bigint }>(
      'select count(*) - count(distinct item) as same from items',
    );
    if (same > 0) {
      throw new Error('Two different charges have the same number');
    }
    await this.#duck.run(
      `create table charges as
        select ${itemNumber} as item, period, day, period_end, rows, ${[
        ...measures,
        ...quantities,
      ]
        .map(named)
        .join(', ')} from sums`,
    );
    await this.#duck.run('drop table sums');
    const problems = await new TagReader(this.#duck, this.#folder).read();
    if (problems === 0) return;
    this.report.refused = {
      count: problems,
      rows: await this.#refusals.tags(),
    };
    throw this.#refusal();
  }

  async #sums(): Promise<FoundTotals[]> {
    const rows = await this.#duck.rows<Record<string, string>>(
      `select cast(period as varchar) as period, "BillingCurrency" as currency,
        cast(sum(rows) as varchar) as rows,
        ${measures
          .map(
            name => `cast(sum(c.${named(name)}) as varchar) as ${named(name)}`,
          )
          .join(', ')}
        from charges c join items using (item) group by 1, 2 order by 1, 2`,
    );
    return rows.map(row => ({
      start: row.period,
      currency: row.currency,
      rows: Number(row.rows),
      totals: Object.fromEntries(
        measures.map(name => [name, trimmed(row[name])]),
      ) as Costs,
    }));
  }
}
