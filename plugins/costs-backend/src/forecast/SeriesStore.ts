import type { Measure } from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';
import { chosen, conditionsOf, factsFor } from '../allocation/facts';
import type { Condition } from '../charges/dimensions';
import { joined, plain, sql, value } from '../charges/sql';

/** What a source says was spent on a day, exactly. */
export type DayRow = {
  source: string;
  currency: string;
  day: string;
  amount: string;
};

/** Sums up charges by day. */
export class SeriesStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * The days with charges, oldest first.
   *
   * @param question.within - only what is allocated to these groups; everything when absent
   */
  async days(question: {
    from: string;
    to: string;
    measure: Measure;
    filter: Condition[];
    within?: string[];
  }): Promise<DayRow[]> {
    const { from, to, measure, filter, within } = question;
    const conditions = conditionsOf(filter, within);
    const facts = factsFor(
      measure,
      conditions.map(({ dimension }) => dimension),
    );
    const statement = sql`
      select b.source, ${facts.currency} as currency, ${facts.day}::text as day,
        trim_scale(sum(${facts.amount}))::text as amount
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
      group by 1, 2, 3 order by 3`;
    const { rows } = await this.#knex.raw<{ rows: DayRow[] }>(
      statement.sql,
      statement.bindings as Knex.RawBinding[],
    );
    return rows;
  }

  /** The last day before one of which each source tells anything. */
  async through(before: string): Promise<Map<string, string>> {
    const { rows } = await this.#knex.raw<{
      rows: { source: string; day: string }[];
    }>(
      `select b.source, max(p.day)::text as day
        from bills b
        cross join lateral (
          select max(s.day) as day from spend s
          where s.bill_id = b.id and s.day < ?::date
        ) p
        where b.current and p.day is not null
        group by 1`,
      [before],
    );
    return new Map(rows.map(({ source, day }) => [source, day]));
  }
}
