import type { Measure } from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';
import { chosen, conditionsOf, factsFor, saidBy } from '../allocation/facts';
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

const isFirst = (day: string) => day.endsWith('-01');

const dateOf = (day: Sql, interval: Question['interval']) => {
  if (!interval) return plain('null::date');
  return interval === 'day' ? day : sql`date_trunc('month', ${day})::date`;
};

/** Sums up charges. */
export class TotalsStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** How people call entities that sums are grouped by. */
  async titles(
    groupBy: Dimension | undefined,
    keys: string[],
  ): Promise<Map<string, string>> {
    if (groupBy?.kind !== 'owner') return new Map();
    const rows: { ref: string; title: string }[] = await this.#knex('entities')
      .whereIn('ref', keys)
      .select('ref', 'title');
    return new Map(rows.map(({ ref, title }) => [ref, title]));
  }

  async sum(question: Question): Promise<TotalsRow[]> {
    const { from, to, measure, groupBy, filter, interval, limit } = question;
    const conditions = conditionsOf(filter, question.within);
    const facts = factsFor(
      measure,
      [
        ...(groupBy ? [groupBy] : []),
        ...conditions.map(({ dimension }) => dimension),
      ],
      interval !== 'day' && isFirst(from) && isFirst(to)
        ? 'spend_months'
        : 'spend',
    );
    const rowsOf = sql`
      select ${saidBy(facts, groupBy)} as key,
        ${facts.currency} as currency,
        ${dateOf(facts.day, interval)} as date, sum(${facts.amount}) as amount
      from ${facts.from}
      where ${joined(
        [
          plain('b.current'),
          sql`${facts.day} >= ${value(from, 'date')}`,
          sql`${facts.day} < ${value(to, 'date')}`,
          ...chosen(facts, conditions),
        ],
        ' and ',
      )}
      group by 1, 2, 3`;
    const sets = interval
      ? plain('(currency), (currency, shown), (currency, shown, date)')
      : plain('(currency), (currency, shown)');
    const statement = sql`
      with facts as (${rowsOf}),
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
