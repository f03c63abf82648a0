import type { Measure } from '@waymark/plugin-costs-common';
import { chosen, conditionsOf, saidBy, single } from '../../allocation/facts';
import { borne } from '../../allocation/spend';
import type { Condition, Dimension } from '../../charges/dimensions';
import { joined, plain, sql, value, type Sql } from '../../charges/sql';

/** Two times and what of them is compared. */
export type Comparison = {
  now: { from: string; to: string };
  before: { from: string; to: string };
  measure: Measure;
  groupBy?: Dimension;
  filter: Condition[];
  /** Only what is allocated to these groups; everything when absent. */
  within?: string[];
  limit: number;
};

/** Whatever is summed up of lines, by the names that answers have. */
export const summedParts = [
  'before',
  'now',
  'new',
  'gone',
  'quantity',
  'price',
  'other',
] as const;

/**
 * What is charged for, as finely as it has one price: a resource and a meter.
 * The price itself is none of it, nor is what it is bought by: whoever pays
 * less for the same by a commitment pays another price.
 */
const line = plain(`
  coalesce(i."ResourceId", i."ResourceName") as resource,
  i."ProviderName" as provider, i."ServiceName" as service,
  coalesce(i."SkuId", i."SkuMeter", i."ChargeDescription") as meter,
  i."ChargeCategory" as category,
  coalesce(i."PricingUnit", i."ConsumedUnit") as unit`);

/**
 * What of the old amount the new quantity comes to at the old price, cut to 18
 * decimals: the price's part is what is left, so that both are the whole.
 */
const atOldPrice = (quantity: string) =>
  `div(before * ${quantity}_now * 1e18, ${quantity}_before) * 1e-18`;

const isCounted = (quantity: string) =>
  `${quantity}_before > 0 and ${quantity}_now > 0`;

/**
 * Lines of both times, each with its change in five parts: what is new, what
 * is gone, and of what was there both times what its quantity and its price
 * make of it; the other part is of lines whose bills count no quantity. Each
 * line has all of its change in one or two of them, so parts add up exactly.
 */
export function comparedLines(comparison: Comparison): Sql {
  const { now, before, measure, groupBy, filter, within } = comparison;
  const conditions = conditionsOf(filter, within);
  const facts = single(measure);
  const during = ({ from, to }: Comparison['now']) =>
    sql`(c.day >= ${value(from, 'date')} and c.day < ${value(to, 'date')})`;
  return sql`
    charges as (
      select ${saidBy(facts, groupBy)} as key, ${facts.currency} as currency,
        ${line}, i."ResourceName" as name, i."ChargeDescription" as description,
        c.day, ${during(now)} as is_now, ${facts.amount} as amount,
        ${borne('PricingQuantity')} as priced,
        ${borne('ConsumedQuantity')} as consumed
      from ${facts.from}
      where ${joined(
        [
          plain('b.current'),
          sql`(${during(now)} or ${during(before)})`,
          ...chosen(facts, conditions),
        ],
        ' and ',
      )}
    ),
    summed as (
      select key, currency, resource, provider, service, meter, category, unit,
        max(name) as name,
        (array_agg(description order by day desc))[1] as description,
        count(*) filter (where not is_now) as rows_before,
        count(*) filter (where is_now) as rows_now,
        coalesce(sum(amount) filter (where not is_now), 0) as before,
        coalesce(sum(amount) filter (where is_now), 0) as now,
        sum(priced) filter (where not is_now) as priced_before,
        sum(priced) filter (where is_now) as priced_now,
        sum(consumed) filter (where not is_now) as consumed_before,
        sum(consumed) filter (where is_now) as consumed_now
      from charges
      group by 1, 2, 3, 4, 5, 6, 7, 8
    ),
    weighed as (
      select *, case when rows_before = 0 or rows_now = 0 then null
          ${plain(
            ['priced', 'consumed']
              .map(
                quantity =>
                  `when ${isCounted(quantity)} then ${atOldPrice(quantity)}`,
              )
              .join(' '),
          )} end as at_old_price,
        case when ${plain(isCounted('priced'))} then priced_before
          when ${plain(isCounted('consumed'))} then consumed_before
          else coalesce(priced_before, consumed_before) end as quantity_before,
        case when ${plain(isCounted('priced'))} then priced_now
          when ${plain(isCounted('consumed'))} then consumed_now
          else coalesce(priced_now, consumed_now) end as quantity_now
      from summed
    ),
    lines as (
      select *,
        case when rows_before = 0 then now else 0 end as new,
        case when rows_now = 0 then -before else 0 end as gone,
        coalesce(at_old_price - before, 0) as quantity,
        coalesce(now - at_old_price, 0) as price,
        case when rows_before > 0 and rows_now > 0 and at_old_price is null
          then now - before else 0 end as other
      from weighed
    )`;
}
