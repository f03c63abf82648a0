import type { Measure, RuleChange } from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';
import { countingTables, type AllocationTables } from './tables';

const listedChanges = 1000;

/** What of a cost would be borne by others, if what other tables say of bills counted. */
export async function compareSpend(
  tx: Knex.Transaction,
  other: AllocationTables,
  bills: string[],
  measure: Measure,
): Promise<RuleChange> {
  const sums = (table: string, before: string, after: string) => `
    select b.period_start, p.part, p.entity_ref, p."BillingCurrency" as currency,
      ${before} as before, ${after} as after
    from ${table} p join bills b on b.id = p.bill_id
    where p.bill_id = any(?::bigint[])`;
  const cost = `p."${measure}"`;
  const { rows } = await tx.raw(
    `select n.*, e.title, count(*) over ()::int as changes from (
        select period_start::text as "billingPeriodStart", part, entity_ref as "entityRef", currency,
          trim_scale(sum(before))::text as before, trim_scale(sum(after))::text as after,
          abs(sum(after) - sum(before)) as size
        from (
          ${sums(countingTables.spend, cost, '0::numeric')}
          union all
          ${sums(other.spend, '0::numeric', cost)}
        ) both_ways
        group by 1, 2, 3, 4 having sum(before) <> sum(after)
      ) n left join entities e on e.ref = n."entityRef"
      order by size desc, 1, 2, 3 limit ?`,
    [bills, bills, listedChanges] as never,
  );
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
