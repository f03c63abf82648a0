import type { Measure } from '@waymark/plugin-costs-common';
import { isOneOf, saidByBill } from '../charges/conditions';
import type { Condition, Dimension } from '../charges/dimensions';
import { joined, plain, sql, value, type Sql } from '../charges/sql';
import { signalOfItem } from '../signals/signalSql';
import { chargesOfFewItems, type Among } from './fewItems';
import {
  allocatedCharges,
  bearer,
  borne,
  causeOf,
  partOf,
  spendColumns,
} from './spend';

/** Where sums are taken from, and how what is asked for is called there. */
export type Facts = {
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

/** Where sums are: of days, or of months, each at its first day. */
type Summed = 'spend' | 'spend_months';

/** Sums of days or months: fast, and without what is asked for seldom. */
const summed = (measure: Measure, table: Summed): Facts => ({
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

/**
 * Single charges, with `b`, `c` and `i` as in {@link allocatedCharges}.
 *
 * @param among - which are asked for, where that may say in which few items they are
 */
export const single = (measure: Measure, among?: Among): Facts => ({
  from: sql`${(among && chargesOfFewItems(among)) ?? allocatedCharges}
    cross join lateral (
      select ${partOf} as part, a.rule, ${bearer} as entity_ref,
        ${causeOf} as cause
    ) p ${levels}`,
  day: plain('c.day'),
  currency: plain('i."BillingCurrency"'),
  amount: borne(measure),
  said(dimension) {
    switch (dimension.kind) {
      case 'signal':
        return signalOfItem;
      case 'cause':
        return plain('p.cause');
      default:
        return saidOfBearer(dimension) ?? saidByBill(dimension);
    }
  },
});

/** Charges as bills have them, before anybody is found to bear them; nothing is known here of who does. */
export const asBilled = (measure: Measure): Facts => ({
  from: plain(`bills b
    join charges c on c.bill_id = b.id
    join items i on i.bill_id = c.bill_id and i.id = c.item_id`),
  day: plain('c.day'),
  currency: plain('i."BillingCurrency"'),
  amount: plain(`c."${measure}"`),
  said: dimension =>
    dimension.kind === 'signal' ? signalOfItem : saidByBill(dimension),
});

/** The group that bears a charge alone, of facts as here: what is shared is nobody's alone. */
export const groupAlone = plain(
  `case when p.part <> 'shared' then l.group_ref end`,
);

/** A group also stands for those below it. */
function isChosen({ dimension, values, isAlone }: Condition, said: Sql): Sql {
  if (dimension.kind !== 'owner' || dimension.level !== 'group') {
    return isOneOf(said, values);
  }
  if (isAlone) return isOneOf(groupAlone, values);
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

/**
 * From where all dimensions are known, by the fastest way.
 *
 * @param table - which sums serve, where sums do
 * @param among - which charges are asked for, where sums do not serve
 */
export function factsFor(
  measure: Measure,
  dimensions: Dimension[],
  table: Summed = 'spend',
  among?: Among,
): Facts {
  const fast = summed(measure, table);
  return dimensions.every(dimension => fast.said(dimension))
    ? fast
    : single(measure, among);
}

/** What the facts say of a dimension; nothing where none is asked for. */
export function saidBy(facts: Facts, dimension: Dimension | undefined): Sql {
  return (dimension && facts.said(dimension)) ?? plain('null::text');
}

/**
 * What must hold of charges that are asked for.
 *
 * @param within - groups to whom they must be allocated; any when absent
 */
export const conditionsOf = (
  filter: Condition[],
  within: string[] | undefined,
): Condition[] => [
  ...filter,
  ...(within
    ? [
        {
          dimension: { kind: 'owner', level: 'group' } as const,
          values: within,
        },
      ]
    : []),
];

/** Conditions as statements have them. */
export const chosen = (facts: Facts, conditions: Condition[]): Sql[] =>
  conditions.map(condition =>
    isChosen(condition, saidBy(facts, condition.dimension)),
  );
