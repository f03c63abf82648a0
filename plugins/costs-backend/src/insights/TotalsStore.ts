import type { Measure } from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';
import {
  allocatedCharges,
  bearer,
  borne,
  partOf,
  spendColumns,
} from '../allocation/spend';
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

/** Where sums are taken from, and how what is asked for is called there. */
type Facts = {
  from: Sql;
  day: Sql;
  currency: Sql;
  amount: Sql;
  said(dimension: Dimension): Sql | undefined;
};

const levels = plain('left join entities l on l.ref = p.entity_ref');
const levelColumns = {
  entity: 'p.entity_ref',
  component: 'l.component',
  system: 'l.system',
  domain: 'l.domain',
  group: 'l.group_ref',
};

/** What is said of whoever bears a charge, which is `p`. */
function saidOfBearer(dimension: Dimension): Sql | undefined {
  switch (dimension.kind) {
    case 'owner':
      return plain(levelColumns[dimension.level]);
    case 'allocation':
      return plain('p.part');
    case 'rule':
      return plain('p.rule');
    default:
      return undefined;
  }
}

/**
 * Sums of days or months: fast, and without what is asked for seldom.
 *
 * @param table - where they are; a month stands at its first day
 */
const summed = (measure: Measure, table: 'spend' | 'spend_months'): Facts => ({
  from: sql`bills b join ${plain(table)} p on p.bill_id = b.id ${levels}`,
  day: plain('p.day'),
  currency: plain('p."BillingCurrency"'),
  amount: plain(`p."${measure}"`),
  said(dimension) {
    switch (dimension.kind) {
      case 'column':
        return spendColumns.includes(dimension.name)
          ? plain(`p."${dimension.name}"`)
          : undefined;
      case 'tag':
        return undefined;
      default:
        return saidOfBearer(dimension) ?? saidByBill(dimension);
    }
  },
});

/** Single charges. */
const single = (measure: Measure): Facts => ({
  from: sql`${allocatedCharges}
    cross join lateral (
      select ${partOf} as part, a.rule, ${bearer} as entity_ref
    ) p ${levels}`,
  day: plain('c.day'),
  currency: plain('i."BillingCurrency"'),
  amount: borne(measure),
  said: dimension => saidOfBearer(dimension) ?? saidByBill(dimension),
});

/** A group also stands for those below it. */
function isChosen({ dimension, values }: Condition, said: Sql): Sql {
  if (dimension.kind !== 'owner' || dimension.level !== 'group') {
    return isOneOf(said, values);
  }
  const groups = values.filter(group => group !== null);
  return joined(
    [
      sql`(${said} in (select g.ref from group_tree g where g.ancestor = any(${value(
        groups,
      )}))`,
      groups.length < values.length ? sql`or ${said} is null)` : plain(')'),
    ],
    ' ',
  );
}

const isFirst = (day: string) => day.endsWith('-01');

/** From where all dimensions are known, by the fastest way. */
function factsFor(
  { from, to, measure, interval }: Question,
  dimensions: Dimension[],
): Facts {
  const isMonths = interval !== 'day' && isFirst(from) && isFirst(to);
  const fast = summed(measure, isMonths ? 'spend_months' : 'spend');
  return dimensions.every(dimension => fast.said(dimension))
    ? fast
    : single(measure);
}

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
    const { from, to, groupBy, filter, interval, limit } = question;
    const within: Condition[] = question.within
      ? [
          {
            dimension: { kind: 'owner', level: 'group' },
            values: question.within,
          },
        ]
      : [];
    const conditions = [...filter, ...within];
    const facts = factsFor(question, [
      ...(groupBy ? [groupBy] : []),
      ...conditions.map(({ dimension }) => dimension),
    ]);
    const nothing = plain('null::text');
    const said = (dimension: Dimension) => facts.said(dimension) ?? nothing;
    const rowsOf = sql`
      select ${groupBy ? said(groupBy) : nothing} as key,
        ${facts.currency} as currency,
        ${dateOf(facts.day, interval)} as date, sum(${facts.amount}) as amount
      from ${facts.from}
      where ${joined(
        [
          plain('b.current'),
          sql`${facts.day} >= ${value(from, 'date')}`,
          sql`${facts.day} < ${value(to, 'date')}`,
          ...conditions.map(condition =>
            isChosen(condition, said(condition.dimension)),
          ),
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
