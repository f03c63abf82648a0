import type { Knex } from 'knex';
import { takeTime } from '../../charges/takeTime';
import { signalOfItem } from '../../signals/signalSql';
import { windowDays, type Line } from './Line';

/** Of more nothing is said, which would be of no use to people; what costs most comes first. */
const mostLines = 20_000;

/** What text of a charge tells lines apart. */
const told = {
  account: 'i."SubAccountId"',
  service: `coalesce(i."ServiceName", '')`,
  category: 'i."ServiceCategory"',
  sku: 'i."SkuId"',
  unit: 'coalesce(i."PricingUnit", i."ConsumedUnit")',
  currency: 'i."BillingCurrency"',
  isCommitted: `(i."CommitmentDiscountStatus" = 'Used' or coalesce(i."PricingCategory", '') = 'Committed')`,
  environment: `lower(coalesce(i."Tags" ->> 'environment', i."Tags" ->> 'env', i."Tags" ->> 'stage'))`,
  part: 'a.part',
  entityRef: 'a.entity_ref',
  component: 'l.component',
  groupRef: 'l.group_ref',
};

/** What is said of a line in words, and may be said otherwise from bill to bill. */
const said = {
  resourceType: 'i."ResourceType"',
  meter: 'i."SkuMeter"',
  description: 'i."ChargeDescription"',
};

/** A line as the rules look at it that tell logs, metrics and traces. */
const asItem = `p.service as "ServiceName", p.sku as "SkuId", p.meter as "SkuMeter",
  p."resourceType" as "ResourceType", p.description as "ChargeDescription"`;

/** How several lines are called that nothing is said of. */
const calledTogether = `case when count(distinct coalesce("resourceId", '')) = 1
  then coalesce(max("resourceName"), max("resourceId"), 'no resource')
  else count(distinct "resourceId") || ' resources' end`;

const windows = [0, 1, 2].map(
  index =>
    `c.day > e.day - ${(index + 1) * windowDays} and c.day <= e.day - ${
      index * windowDays
    }`,
);

const sums = (column: string) =>
  `array[${windows
    .map(
      window => `coalesce(sum(${column}) filter (where ${window}), 0)::float8`,
    )
    .join(', ')}]`;

const days = `array[${windows
  .map(window => `count(distinct c.day) filter (where ${window})::int`)
  .join(', ')}]`;

/** The windows of several lines as one. */
const together = (how: 'sum' | 'max', name: string) =>
  `array[${[1, 2, 3].map(place => `${how}(${name}[${place}])`).join(', ')}]`;

const namesOf = (of: Record<string, string>, wrap = (name: string) => name) =>
  Object.keys(of)
    .map(name => wrap(`"${name}"`))
    .join(', ');

const columns = (of: Record<string, string>, wrap = (text: string) => text) =>
  Object.entries(of)
    .map(([name, text]) => `${wrap(text)} as "${name}"`)
    .join(', ');

/** Which charges say whether something came of a recommendation. */
export type Subject = {
  resourceId?: string;
  entityRef?: string;
  groupRef?: string;
  service?: string;
};

/** Reads what resources were charged for, by meter. */
export class LineStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * What was charged. Resources that are still charged for at the end of what
   * their source tells, and cost something, come line by line: of them something
   * may be said. The others come as one line for each owner and meter, of what
   * was charged in the last 30 days: so that whoever says "none" or "all" has
   * looked at everything, and the memory this takes grows with owners and meters
   * and not with resources.
   *
   * @param through - the last day of which each source tells
   * @param least - what a resource must cost in 30 days, at least
   */
  async lines(
    through: ReadonlyMap<string, string>,
    least: number,
  ): Promise<Line[]> {
    const ends = [...through].map(([source, day]) => ({ source, day }));
    return this.#knex.transaction(tx =>
      takeTime(tx, async () => {
        const { rows } = await tx.raw<{ rows: Line[] }>(
          `with lines as (
              select b.source, e.day::text as through, max(c.day)::text as "lastDay",
                i."ResourceId" as "resourceId",
                max(i."ResourceName") as "resourceName",
                ${columns(told)}, ${columns(said, text => `max(${text})`)},
                ${sums('c."EffectiveCost"')} as cost,
                coalesce(sum(c."ListCost") filter (where ${
                  windows[0]
                }), 0)::float8 as list,
                ${sums(
                  'coalesce(c."PricingQuantity", c."ConsumedQuantity")',
                )} as quantity, ${days} as days
              from jsonb_to_recordset(?::jsonb) as e(source text, day date)
              join bills b on b.source = e.source and b.current
                and b.period_end > e.day - ${3 * windowDays}
              join charges c on c.bill_id = b.id
                and c.day > e.day - ${3 * windowDays} and c.day <= e.day
              join items i on i.bill_id = c.bill_id and i.id = c.item_id
              join allocations a on a.bill_id = c.bill_id and a.item_id = c.item_id
              left join entities l on l.ref = a.entity_ref
              where i."ChargeCategory" = 'Usage'
                and i."ChargeClass" is distinct from 'Correction'
              group by b.source, e.day, i."ResourceId", ${Object.values(
                told,
              ).join(', ')}
            ), weighed as (
              select *, sum(cost[1]) over same as whole,
                max("lastDay") over same as "lastOfAll"
              from lines
              window same as (partition by source, "resourceId", currency)
            ), marked as (
              select *, coalesce("resourceId" <> '' and whole >= ?
                and "lastOfAll" >= (through::date - 2)::text, false) as "isFit"
              from weighed
            ), placed as (
              select *, row_number() over (
                order by "isFit" desc, whole desc, source, "resourceId", cost[1] desc, sku
              ) as place
              from marked
            ), chosen as (
              select p.*, "isFit" and place <= ${mostLines} as "isShown",
                ${signalOfItem.sql} as signal
              from placed p cross join lateral (select ${asItem}) i
            )
            select source, through, "lastDay", "resourceId", "resourceName",
              ${namesOf(told)}, signal, ${namesOf(said)},
              cost, list, quantity, days, "isShown", place
            from chosen where "isShown"
            union all
            select source, through, max("lastDay"), coalesce(max("resourceId"), ''),
              ${calledTogether},
              ${namesOf(told)}, signal, ${namesOf(
            said,
            name => `max(${name})`,
          )},
              ${together('sum', 'cost')}, sum(list),
              ${together('sum', 'quantity')}, ${together('max', 'days')},
              false, min(place)
            from chosen where not "isShown" and days[1] > 0
            group by source, through, ${namesOf(told)}, signal
            order by "isShown" desc, place`,
          [JSON.stringify(ends), least],
        );
        return rows;
      }),
    );
  }

  /**
   * What a subject was charged for on the days after one, up to another.
   *
   * @returns an exact amount
   */
  async costOf(question: {
    source: string;
    currency: string;
    subject: Subject;
    after: string;
    upTo: string;
  }): Promise<string> {
    const { source, currency, subject, after, upTo } = question;
    const { rows } = await this.#knex.raw<{ rows: { amount: string }[] }>(
      `select trim_scale(coalesce(sum(c."EffectiveCost"), 0))::text as amount
        from bills b
        join charges c on c.bill_id = b.id
          and c.day > :after::date and c.day <= :upTo::date
        join items i on i.bill_id = c.bill_id and i.id = c.item_id
        join allocations a on a.bill_id = c.bill_id and a.item_id = c.item_id
        left join entities l on l.ref = a.entity_ref
        where b.current and b.source = :source
          and i."BillingCurrency" = :currency and i."ChargeCategory" = 'Usage'
          and (:resourceId::text is null or i."ResourceId" = :resourceId::text)
          and (:entityRef::text is null or a.entity_ref = :entityRef::text)
          and (:groupRef::text is null or l.group_ref = :groupRef::text)
          and (:service::text is null or i."ServiceName" = :service::text)`,
      {
        source,
        currency,
        after,
        upTo,
        resourceId: subject.resourceId ?? null,
        entityRef: subject.entityRef ?? null,
        groupRef: subject.groupRef ?? null,
        service: subject.service ?? null,
      },
    );
    return rows[0].amount;
  }
}
