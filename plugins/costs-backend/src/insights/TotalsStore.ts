import type { Measure } from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';
import { isOneOf, saidByBill } from '../charges/conditions';
import type { Condition, Dimension } from '../charges/dimensions';
import { joined, plain, sql, value, type Sql } from '../charges/sql';

/** What to sum up. */
export type Question = {
  from: string;
  to: string;
  measure: Measure;
  groupBy?: Dimension;
  filter: Condition[];
  interval?: 'day' | 'month';
  /** So many groups of each currency; the others are one. */
  limit: number;
  /** Only what is allocated to these groups; everything when absent. */
  within?: string[];
};

/** A sum: of a currency, or of one group of it, or of that in one day or month. */
export type TotalsRow = {
  currency: string;
  /** From 1 for the largest; above the limit are the others. Null for the whole currency. */
  place: number | null;
  date: string | null;
  key: string | null;
  amount: string;
  groups: number;
};

const dates = {
  day: plain('c.day'),
  month: plain(`date_trunc('month', c.day)::date`),
};

function saidOf(dimension: Dimension): Sql {
  const said = saidByBill(dimension);
  if (said) return said;
  return plain(
    dimension.kind === 'allocation' ? `'unallocated'::text` : 'null::text',
  );
}

/** Sums up charges. */
export class TotalsStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async sum(question: Question): Promise<TotalsRow[]> {
    const { from, to, measure, groupBy, filter, interval, limit } = question;
    const conditions = filter.map(({ dimension, values }) =>
      isOneOf(saidOf(dimension), values),
    );
    if (question.within) conditions.push(plain('false'));
    const facts = sql`
      select ${groupBy ? saidOf(groupBy) : plain('null::text')} as key,
        i."BillingCurrency" as currency,
        ${interval ? dates[interval] : plain('null::date')} as date,
        sum(c.${plain(`"${measure}"`)}) as amount
      from bills b
      join charges c on c.bill_id = b.id
      join items i on i.bill_id = c.bill_id and i.id = c.item_id
      where ${joined(
        [
          plain('b.current'),
          sql`c.day >= ${value(from, 'date')} and c.day < ${value(to, 'date')}`,
          ...conditions,
        ],
        ' and ',
      )}
      group by 1, 2, 3`;
    const sets = interval
      ? plain('(currency), (currency, shown), (currency, shown, date)')
      : plain('(currency), (currency, shown)');
    const statement = sql`
      with facts as (${facts}),
        ranked as (
          select *, dense_rank() over (partition by currency order by total desc, key) as place
          from (select *, sum(amount) over (partition by currency, key) as total from facts) t
        ),
        cut as (
          select *, least(place, ${value(
            limit,
            'int',
          )} + 1)::int as shown from ranked
        )
      select currency, shown as place, ${plain(
        interval ? 'date::text' : 'null::text',
      )} as date,
        max(key) filter (where place <= ${value(limit, 'int')}) as key,
        trim_scale(sum(amount))::text as amount, count(distinct place)::int as groups
      from cut group by grouping sets (${sets})
      order by 1, 2, 3`;
    const { rows } = await this.#knex.raw<{ rows: TotalsRow[] }>(
      statement.sql,
      statement.bindings as Knex.RawBinding[],
    );
    return rows;
  }
}
