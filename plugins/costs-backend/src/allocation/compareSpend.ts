import type { Measure, RuleChange } from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';
import { plain, sql, value, type Sql } from '../charges/sql';
import { bearer, borne, chargesIn, partOf } from './spend';
import { countingTables, type DecisionTables } from './tables';

const listedChanges = 1000;

/**
 * Items that fall to others. Those that are shared may, by what its bearers
 * use. All others come to the same on both sides, so that nobody need sum
 * them up.
 */
const moved = (other: DecisionTables, bills: Sql): Sql => sql`
  select n.bill_id, n.item_id
  from ${plain(other.allocations)} n
  left join ${plain(countingTables.allocations)} a
    on a.bill_id = n.bill_id and a.item_id = n.item_id
  where n.bill_id = any(${bills})
    and (n.part = 'shared' or a.part = 'shared'
      or (n.part, n.entity_ref) is distinct from (a.part, a.entity_ref))`;

/** What of a cost would be borne by others, if what other tables say of bills counted. */
export async function compareSpend(
  tx: Knex.Transaction,
  other: DecisionTables,
  bills: string[],
  measure: Measure,
): Promise<RuleChange> {
  const among = value(bills, 'bigint[]');
  const sums = (tables: DecisionTables, before: Sql, after: Sql) => sql`
    select b.period_start, ${partOf} as part, ${bearer} as entity_ref,
      i."BillingCurrency" as currency, ${before} as before, ${after} as after
    from ${chargesIn(tables)}
    join moved m on m.bill_id = c.bill_id and m.item_id = c.item_id
    where b.id = any(${among})`;
  const nothing = plain('0::numeric');
  const { sql: text, bindings } = sql`
    with moved as materialized (${moved(other, among)}),
      changed as (
        select period_start, part, entity_ref, currency, sum(after) - sum(before) as change
        from (
          ${sums(countingTables, borne(measure), nothing)}
          union all
          ${sums(other, nothing, borne(measure))}
        ) both_ways
        group by 1, 2, 3, 4 having sum(before) <> sum(after)
      ),
      counted as (
        select b.period_start, p.part, p.entity_ref, p."BillingCurrency" as currency,
          sum(p.${plain(`"${measure}"`)}) as cost
        from bills b join ${plain(
          countingTables.spend_months,
        )} p on p.bill_id = b.id
        where b.id = any(${among}) group by 1, 2, 3, 4
      )
    select n.period_start::text as "billingPeriodStart", n.part,
      n.entity_ref as "entityRef", n.currency, e.title,
      trim_scale(coalesce(o.cost, 0))::text as before,
      trim_scale(coalesce(o.cost, 0) + n.change)::text as after,
      count(*) over ()::int as changes
    from changed n
    left join counted o on o.period_start = n.period_start and o.part = n.part
      and o.entity_ref is not distinct from n.entity_ref and o.currency = n.currency
    left join entities e on e.ref = n.entity_ref
    order by abs(n.change) desc, 1, 2, 3 limit ${value(listedChanges)}`;
  const { rows } = await tx.raw(text, bindings as Knex.RawBinding[]);
  return {
    bills: bills.length,
    changes: rows[0]?.changes ?? 0,
    items: rows.map(
      ({
        billingPeriodStart,
        part,
        entityRef,
        title,
        currency,
        before,
        after,
      }: RuleChange['items'][number]) => ({
        billingPeriodStart,
        part,
        entityRef,
        ...(title ? { title } : {}),
        currency,
        before,
        after,
      }),
    ),
  };
}
