import type { Knex } from 'knex';
import { plain, sql, value, type Sql } from '../../charges/sql';
import { comparedLines, summedParts, type Comparison } from './compare';

type Parts = Record<(typeof summedParts)[number], string>;

/** What changed of a currency, or of one group of it. */
export type ChangeRow = Parts & {
  currency: string;
  /** From 1 for what moved most; above the limit are the others. Null for the whole currency. */
  place: number | null;
  key: string | null;
  groups: number;
};

/** What changed of one resource and meter; all fields null for the lines that are left. */
export type LineRow = Parts & {
  currency: string;
  place: number;
  lines: number;
  resource: string | null;
  name: string | null;
  provider: string | null;
  service: string | null;
  description: string | null;
  category: string | null;
  unit: string | null;
  quantityBefore: string | null;
  quantityNow: string | null;
  isNew: boolean;
  isGone: boolean;
};

const sums = plain(
  summedParts
    .map(name => `trim_scale(sum("${name}"))::text as "${name}"`)
    .join(', '),
);

/** Compares charges of two times. */
export class ChangeStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async byGroup(comparison: Comparison): Promise<ChangeRow[]> {
    const limit = value(comparison.limit, 'int');
    return this.#rows(sql`
      with ${comparedLines(comparison)},
        grouped as (
          select currency, key, ${plain(
            summedParts.map(name => `sum("${name}") as "${name}"`).join(', '),
          )}
          from lines group by 1, 2
        ),
        ranked as (
          select *, row_number() over (
            partition by currency order by abs(now - before) desc, key
          ) as place from grouped
        ),
        cut as (
          select *, least(place, ${limit} + 1)::int as shown from ranked
        )
      select currency, shown as place,
        max(key) filter (where place <= ${limit}) as key,
        count(*)::int as groups, ${sums}
      from cut group by grouping sets ((currency), (currency, shown))
      order by 1, 2`);
  }

  async byLine(comparison: Comparison): Promise<LineRow[]> {
    const limit = value(comparison.limit, 'int');
    return this.#rows(sql`
      with ${comparedLines(comparison)},
        ranked as (
          select *, row_number() over (
            partition by currency
            order by abs(now - before) desc, resource, meter, category, unit
          ) as place from lines
        ),
        cut as (
          select *, least(place, ${limit} + 1)::int as shown from ranked
        ),
        summed_up as (
          select currency, shown, count(*)::int as lines, ${sums}
          from cut group by 1, 2
        )
      select u.*, u.shown as place, l.resource, l.name, l.provider, l.service,
        l.description, l.category, l.unit,
        trim_scale(l.quantity_before)::text as "quantityBefore",
        trim_scale(l.quantity_now)::text as "quantityNow",
        coalesce(l.rows_before = 0, false) as "isNew",
        coalesce(l.rows_now = 0, false) as "isGone"
      from summed_up u
      left join cut l on l.currency = u.currency and l.place = u.shown
        and l.place <= ${limit}
      order by 1, 2`);
  }

  async #rows<T>(statement: Sql): Promise<T[]> {
    const { rows } = await this.#knex.raw<{ rows: T[] }>(
      statement.sql,
      statement.bindings as Knex.RawBinding[],
    );
    return rows;
  }
}
