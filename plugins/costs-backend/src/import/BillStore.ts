import {
  measures,
  type Bill,
  type Costs,
  type CountedPeriod,
  type ReportedPeriod,
} from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';
import { isDeepStrictEqual } from 'node:util';
import { takeTime } from '../charges/takeTime';
import { copyFile, type Sending } from './copyFile';
import type { FoundPeriod, FoundTotals } from './FocusReader';
import { itemColumns } from './sumSql';

/** Bills that are to count from now on. */
export type NewBills = {
  source: string;
  importId: string;
  /** Ids of the bills by the start of their periods. */
  ids: Map<string, string>;
  periods: FoundPeriod[];
  totals: FoundTotals[];
  /** How many rows counted of the source when the file was read. */
  counting: Map<string, number>;
  /** Starts of other billing periods of the source that give way to them. */
  instead: string[];
  /** CSV files of their items and charges. */
  files: { items: string; charges: string };
};

type TotalsRow = Costs & { currency: string; rows: string };
type BillRow = TotalsRow & {
  source: string;
  period_start: string;
  period_end: string;
  import_id: string;
  filename: string;
  ended_at: Date;
};

const chargeColumns = [
  'bill_id',
  'item_id',
  'day',
  'rows',
  ...measures,
  'ConsumedQuantity',
  'PricingQuantity',
];

const exact = measures
  .map(name => `trim_scale(t."${name}")::text as "${name}"`)
  .join(', ');

const costsOf = (row: Costs): Costs =>
  Object.fromEntries(measures.map(name => [name, row[name]])) as Costs;

/** Thrown when a file was read by what does not count any more: it has to be read anew. */
export class CountsOtherwiseError extends Error {
  constructor(source: string) {
    super(
      `Something else counts of ${source} than when the file was read; it is read anew`,
    );
  }
}

/** What sources said of billing periods: one bill of each counts, and takes the place of the one before in one step. */
export class BillStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Numbers for bills that are to come. */
  async newIds(periods: FoundPeriod[]): Promise<Map<string, string>> {
    const { rows } = await this.#knex.raw<{ rows: { id: string }[] }>(
      `select nextval(pg_get_serial_sequence('bills', 'id')) as id
        from generate_series(1, ?)`,
      [periods.length],
    );
    return new Map(periods.map(({ start }, index) => [start, rows[index].id]));
  }

  /** How many rows count of a source, by the start of their billing periods. */
  async counting(
    source: string,
    knex: Knex = this.#knex,
  ): Promise<Map<string, number>> {
    const rows: { start: string; rows: string }[] = await knex('bills as b')
      .join('bill_totals as t', 't.bill_id', 'b.id')
      .where({ 'b.source': source, 'b.current': true })
      .groupBy('b.period_start')
      .select(knex.raw('b.period_start::text as start, sum(t.rows) as rows'));
    return new Map(
      rows.map(({ start, rows: count }) => [start, Number(count)]),
    );
  }

  /** The billing periods of a source that count. */
  async periods(source: string): Promise<FoundPeriod[]> {
    return this.#knex('bills')
      .where({ source, current: true })
      .orderBy('period_start')
      .select(
        this.#knex.raw('period_start::text as start, period_end::text as end'),
      );
  }

  /** Has others who change what counts of a source wait for the end of the transaction. */
  async hold(tx: Knex.Transaction, source: string): Promise<void> {
    await tx.raw(`select pg_advisory_xact_lock(hashtext('costs.' || ?))`, [
      source,
    ]);
  }

  /**
   * Puts bills in the place of those that count now, all of them or none.
   *
   * @throws CountsOtherwiseError when something was taken back while the file was read
   */
  async replace(
    tx: Knex.Transaction,
    bills: NewBills,
    sending: Sending,
  ): Promise<ReportedPeriod[]> {
    const { source, importId, ids, periods, totals, files, instead } = bills;
    await this.hold(tx, source);
    const counting = await this.counting(source, tx);
    if (!isDeepStrictEqual(counting, bills.counting)) {
      throw new CountsOtherwiseError(source);
    }
    await copyFile(
      tx,
      { table: 'items', columns: ['bill_id', 'id', ...itemColumns] },
      files.items,
      sending,
    );
    await copyFile(
      tx,
      { table: 'charges', columns: chargeColumns },
      files.charges,
      sending,
    );
    const starts = periods.map(({ start }) => start);
    const before = await this.#totals(tx, source, starts);
    await tx('bills')
      .where({ source, current: true })
      .whereIn('period_start', [...starts, ...instead])
      .update({ current: false });
    await tx('bills').insert(
      periods.map(({ start, end }) => ({
        id: ids.get(start),
        source,
        period_start: start,
        period_end: end,
        import_id: importId,
        current: true,
      })),
    );
    await tx('bill_totals').insert(
      totals.map(({ start, currency, rows, totals: costs }) => ({
        bill_id: ids.get(start),
        currency,
        rows,
        ...costs,
      })),
    );
    return totals.map(({ start, currency, rows, totals: costs }) => ({
      billingPeriodStart: start,
      currency,
      rows,
      totals: costs,
      replaced: before.get(`${start} ${currency}`) ?? null,
    }));
  }

  /** Has what an import brought count no more. @returns what counted of it until now */
  async withdraw(
    tx: Knex.Transaction,
    { source, importId }: { source: string; importId: string },
  ): Promise<CountedPeriod[]> {
    await this.hold(tx, source);
    const rows: (TotalsRow & { period_start: string })[] = await tx(
      'bills as b',
    )
      .join('bill_totals as t', 't.bill_id', 'b.id')
      .where({ 'b.import_id': importId, 'b.current': true })
      .orderBy(['b.period_start', 't.currency'])
      .select('t.currency', 't.rows', tx.raw(`b.period_start::text, ${exact}`));
    await tx('bills')
      .where({ import_id: importId, current: true })
      .update({ current: false });
    return rows.map(row => ({
      billingPeriodStart: row.period_start,
      currency: row.currency,
      rows: Number(row.rows),
      totals: costsOf(row),
    }));
  }

  /** The bills that count, newest billing period first. */
  async list(source?: string): Promise<Bill[]> {
    const rows: BillRow[] = await this.#knex('bills as b')
      .join('bill_totals as t', 't.bill_id', 'b.id')
      .join('imports as i', 'i.id', 'b.import_id')
      .where('b.current', true)
      .where(builder => {
        if (source) builder.where('b.source', source);
      })
      .orderBy([
        { column: 'b.period_start', order: 'desc' },
        { column: 'b.source' },
        { column: 't.currency' },
      ])
      .select(
        'b.source',
        'b.import_id',
        'i.filename',
        'i.ended_at',
        't.currency',
        't.rows',
        this.#knex.raw(`b.period_start::text, b.period_end::text, ${exact}`),
      );
    return rows.map(row => ({
      source: row.source,
      billingPeriodStart: row.period_start,
      billingPeriodEnd: row.period_end,
      currency: row.currency,
      rows: Number(row.rows),
      totals: costsOf(row),
      importId: row.import_id,
      filename: row.filename,
      importedAt: row.ended_at.toISOString(),
    }));
  }

  /** Removes what does not count any more. */
  async sweep(
    onRemove: (tx: Knex.Transaction, bills: string[]) => Promise<void>,
    signal?: AbortSignal,
  ): Promise<void> {
    const old = await this.#knex('bills')
      .where({ current: false })
      .select('id');
    for (const { id } of old) {
      if (signal?.aborted) return;
      await this.#knex.transaction(tx =>
        takeTime(tx, async () => {
          await onRemove(tx, [id]);
          await tx('charges').where({ bill_id: id }).delete();
          await tx('items').where({ bill_id: id }).delete();
          await tx('bill_totals').where({ bill_id: id }).delete();
          await tx('bills').where({ id }).delete();
        }),
      );
    }
  }

  async #totals(tx: Knex, source: string, starts: string[]) {
    const rows: (TotalsRow & { period_start: string })[] = await tx(
      'bills as b',
    )
      .join('bill_totals as t', 't.bill_id', 'b.id')
      .where({ 'b.source': source, 'b.current': true })
      .whereIn('b.period_start', starts)
      .select('t.currency', 't.rows', tx.raw(`b.period_start::text, ${exact}`));
    return new Map(
      rows.map(row => [
        `${row.period_start} ${row.currency}`,
        { rows: Number(row.rows), totals: costsOf(row) },
      ]),
    );
  }
}
