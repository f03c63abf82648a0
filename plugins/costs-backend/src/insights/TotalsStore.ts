import type { Amount, Measure } from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';
import {
  asBilled,
  chosen,
  conditionsOf,
  factsFor,
  saidBy,
  type Facts,
} from '../allocation/facts';
import type { Condition, Dimension } from '../charges/dimensions';
import { joined, plain, sql, value, type Sql } from '../charges/sql';
import { ratesByDay } from '../rates/RateStore';

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
  /** Converts into this currency what a rate holds for; nothing when absent. */
  currency?: string;
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

/** What of a currency was converted by one rate; all but what was billed is null where there is none. */
export type ConversionRow = {
  from: string;
  day: string | null;
  rate: string | null;
  source: string | null;
  first: string;
  last: string;
  days: number;
  amount: string;
  converted: string | null;
};

const isFirst = (day: string) => day.endsWith('-01');

const dateOf = (day: Sql, interval: Question['interval']) => {
  if (!interval) return plain('null::date');
  return interval === 'day' ? day : sql`date_trunc('month', ${day})::date`;
};

/** Where what is asked for is known, by the fastest way. */
function fastest(question: Question, interval: Question['interval']): Facts {
  const { from, to, measure, groupBy, filter, within } = question;
  const conditions = conditionsOf(filter, within);
  return factsFor(
    measure,
    [
      ...(groupBy ? [groupBy] : []),
      ...conditions.map(({ dimension }) => dimension),
    ],
    interval !== 'day' && isFirst(from) && isFirst(to)
      ? 'spend_months'
      : 'spend',
    { from, to, conditions },
  );
}

/** The charges that are asked for, by what they say, currency and day or month. */
function billed(
  question: Question,
  interval: Question['interval'],
  facts = fastest(question, interval),
): Sql {
  const { from, to, groupBy, filter, within } = question;
  const conditions = conditionsOf(filter, within);
  return sql`
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
}

/** The same in another currency, each day by the rate that holds on it, where one does. */
function converted(question: Question, currency: string, facts?: Facts): Sql {
  const { from, to, interval } = question;
  return sql`
    select d.key,
      case when r.rate is null then d.currency else ${value(
        currency,
        'text',
      )} end as currency,
      ${dateOf(plain('d.date'), interval)} as date,
      sum(d.amount * coalesce(r.rate, 1)) as amount
    from (${billed(question, 'day', facts)}) d
    left join (${ratesByDay(currency, from, to)}) r
      on r.from_currency = d.currency and r.on_day = d.date
    group by 1, 2, 3`;
}

/** Sums up charges. */
export class TotalsStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** By which rates charges are converted into a currency, and for which there is none: those have no day. */
  async conversion(
    question: Question & { currency: string },
  ): Promise<ConversionRow[]> {
    const { from, to, currency } = question;
    const whole = { ...question, groupBy: undefined };
    const statement = sql`
      select d.currency as from, r.day::text, trim_scale(r.rate)::text as rate,
        r.source, min(d.date)::text as first, max(d.date)::text as last,
        count(*)::int as days, trim_scale(sum(d.amount))::text as amount,
        trim_scale(sum(d.amount * r.rate))::text as converted
      from (${billed(whole, 'day')}) d
      left join (${ratesByDay(currency, from, to)}) r
        on r.from_currency = d.currency and r.on_day = d.date
      where d.currency <> ${value(currency, 'text')}
      group by d.currency, r.day, r.rate, r.source
      order by 1, 5`;
    const { rows } = await this.#knex.raw<{ rows: ConversionRow[] }>(
      statement.sql,
      statement.bindings as Knex.RawBinding[],
    );
    return rows;
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

  /**
   * Sums, where they are converted by which rates, and what the charges
   * themselves come to: all of one moment.
   */
  async answers(
    question: Question,
    options: { currency?: string; isChecked: boolean },
  ): Promise<{
    rows: TotalsRow[];
    conversion?: ConversionRow[];
    charged?: Amount[];
  }> {
    const { currency, isChecked } = options;
    if (!currency && !isChecked) return { rows: await this.sum(question) };
    const asked = { ...question, currency };
    return this.#knex.transaction(
      async tx => {
        const then = new TotalsStore(tx);
        return {
          rows: await then.sum(asked),
          ...(currency
            ? { conversion: await then.conversion({ ...asked, currency }) }
            : {}),
          ...(isChecked ? { charged: await then.charged(asked) } : {}),
        };
      },
      { isolationLevel: 'repeatable read', readOnly: true },
    );
  }

  /**
   * What charges come to as bills have them: nothing that was summed up or
   * allocated is looked at. Only of what bills say themselves.
   */
  async charged(question: Question): Promise<Amount[]> {
    const { currency } = question;
    const whole = { ...question, groupBy: undefined, interval: undefined };
    const facts = asBilled(question.measure);
    const statement = sql`
      select currency, trim_scale(sum(amount))::text as amount
      from (${
        currency
          ? converted(whole, currency, facts)
          : billed(whole, undefined, facts)
      }) d
      group by 1 order by 1`;
    const { rows } = await this.#knex.raw<{ rows: Amount[] }>(
      statement.sql,
      statement.bindings as Knex.RawBinding[],
    );
    return rows;
  }

  async sum(question: Question): Promise<TotalsRow[]> {
    const { interval, limit, currency } = question;
    const rowsOf = currency
      ? converted(question, currency)
      : billed(question, interval);
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
