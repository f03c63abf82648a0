import { measures, type Measure } from '@waymark/plugin-costs-common';
import { plain, sql, value, type Sql } from '../charges/sql';
import {
  countingTables,
  type AllocationTables,
  type DecisionTables,
} from './tables';

/** The columns that are summed up by beforehand. */
export const spendColumns = [
  'BillingCurrency',
  'ChargeCategory',
  'ProviderName',
  'RegionId',
  'ServiceCategory',
  'ServiceName',
  'SubAccountId',
  'SubAccountName',
];

/** Joins who bears a part of an item `i` that `a` says is shared. */
export const ofShares = ({ shares }: Pick<DecisionTables, 'shares'>): Sql =>
  plain(`left join ${shares} s on a.part = 'shared' and s.bill_id = a.bill_id
    and s.rule = a.rule and s.currency = i."BillingCurrency"`);

/** As {@link allocatedCharges}, by what other tables say of who bears them. */
export const chargesIn = (tables: DecisionTables): Sql => sql`
  bills b
  join charges c on c.bill_id = b.id
  join items i on i.bill_id = c.bill_id and i.id = c.item_id
  join ${plain(tables.allocations)} a
    on a.bill_id = c.bill_id and a.item_id = c.item_id
  ${ofShares(tables)}`;

/**
 * Charges with their items and who bears them: a shared charge is there once
 * for each who bears a part of it. Bills are `b`.
 */
export const allocatedCharges = chargesIn(countingTables);

/** What nobody is found to bear is nobody's. */
export const partOf = plain(
  `case when a.part = 'shared' and s.total is null then 'unallocated' else a.part end`,
);

/** Charges that no rule is about have these causes, by whether they have tags. */
export const causesWithoutRule = { tagged: 'tagged', untagged: 'untagged' };

/** Why it is nobody's; null for what somebody bears. */
export const causeOf = plain(`case
  when a.part = 'allocated' or s.total is not null then null
  when a.part = 'shared' then 'rule=' || a.rule
  when a.cause is not null then a.cause
  when coalesce(i."Tags", '{}') <> '{}' then '${causesWithoutRule.tagged}'
  else '${causesWithoutRule.untagged}' end`);

/** Who bears it. */
export const bearer = plain('coalesce(s.entity_ref, a.entity_ref)');

/** How much was used, as bills count it. */
export type Quantity = 'PricingQuantity' | 'ConsumedQuantity';

/**
 * What of a cost or a quantity is borne by who bears it. What all before bear is taken from
 * what all up to here bear, so that the parts are the whole to the last digit.
 * Whole numbers are divided: how exact other quotients are depends on how
 * many zeros the numbers are written with.
 */
export function borne(column: Measure | Quantity): Sql {
  const cost = `c."${column}"`;
  const upTo = (weight: string) =>
    `case when ${weight} = s.total then ${cost}
      else div(${cost} * ${weight} * 1e18, s.total) * 1e-18 end`;
  return plain(
    `case when s.total is null then ${cost} else (${upTo('s.upto')}) - (${upTo(
      's.before',
    )}) end`,
  );
}

/** Sums up the charges of bills. */
export function sumUpSpend(bills: string[], tables: AllocationTables): Sql {
  const columns = spendColumns.map(name => `i."${name}"`).join(', ');
  const sums = measures.map(measure => `sum(${borne(measure).sql})`).join(', ');
  const names = [...spendColumns, ...measures]
    .map(name => `"${name}"`)
    .join(', ');
  return sql`
    insert into ${plain(
      tables.spend,
    )} (bill_id, day, part, rule, entity_ref, ${plain(names)})
    select c.bill_id, c.day, ${partOf}, a.rule, ${bearer}, ${plain(
    `${columns}, ${sums}`,
  )}
    from ${chargesIn(tables)}
    where b.id = any(${value(bills, 'bigint[]')})
    group by c.bill_id, c.day, 3, a.rule, 5, ${plain(columns)}`;
}

/** Sums up the days of bills by month. */
export function sumUpMonths(bills: string[], tables: AllocationTables): Sql {
  const columns = spendColumns.map(name => `"${name}"`).join(', ');
  const costs = measures.map(measure => `"${measure}"`).join(', ');
  const sums = measures.map(measure => `sum("${measure}")`).join(', ');
  return sql`${plain(`insert into ${tables.spend_months}
      (bill_id, day, part, rule, entity_ref, ${columns}, ${costs})
      select bill_id, date_trunc('month', day)::date, part, rule, entity_ref,
        ${columns}, ${sums}
      from ${tables.spend}
      where bill_id = any(`)}${value(bills, 'bigint[]')}) ${plain(
    `group by 1, 2, 3, 4, 5, ${columns}`,
  )}`;
}
