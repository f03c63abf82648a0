import { measures } from '@waymark/plugin-costs-common';
import type { BillingMonth, FocusRow } from '@waymark/plugin-costs-node';
import type { Knex } from 'knex';
import { itemColumns, quantities } from './sumSql';

/** Of which source and month. */
type Of = { source: string; month: BillingMonth };

const columns = [
  ...itemColumns.map(name => `i."${name}"::text as "${name}"`),
  ...[...measures, ...quantities].map(
    name => `trim_scale(c."${name}")::text as "${name}"`,
  ),
].join(', ');

const dayMs = 86_400_000;

/** Reads the days of what counts of a source, as the source would tell them. */
export class StoredDays {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** What a source says of the days of a month, the first one first: their effective costs in whatever currency. */
  async costs(of: Of): Promise<Map<string, number>> {
    const rows: { day: string; cost: number }[] = await this.#charges(of)
      .groupBy('c.day')
      .orderBy('c.day')
      .select(
        this.#knex.raw(
          'c.day::text as day, sum(c."EffectiveCost")::float8 as cost',
        ),
      );
    return new Map(rows.map(({ day, cost }) => [day, cost]));
  }

  /** The charges of a day: what was summed up of it, always in the same order. */
  async rows(of: Of, day: string): Promise<FocusRow[]> {
    const rows: FocusRow[] = await this.#charges(of)
      .join('items as i', join =>
        join.on('i.bill_id', 'c.bill_id').on('i.id', 'c.item_id'),
      )
      .where('c.day', day)
      .orderBy('c.item_id')
      .select(this.#knex.raw(columns));
    const start = Date.parse(`${day}T00:00:00Z`);
    return rows.map(row => ({
      ...row,
      BillingPeriodStart: of.month.start.toISOString(),
      BillingPeriodEnd: of.month.end.toISOString(),
      ChargePeriodStart: new Date(start).toISOString(),
      ChargePeriodEnd: new Date(start + dayMs).toISOString(),
    }));
  }

  #charges({ source, month }: Of) {
    return this.#knex('bills as b')
      .join('charges as c', 'c.bill_id', 'b.id')
      .where({
        'b.current': true,
        'b.source': source,
        'b.period_start': month.start.toISOString().slice(0, 10),
      });
  }
}
