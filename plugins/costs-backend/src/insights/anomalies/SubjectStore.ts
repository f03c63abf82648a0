import type { Knex } from 'knex';
import { groupAlone } from '../../allocation/facts';
import type { DayRow } from '../../forecast/SeriesStore';

/** Days of which costs are looked at; what people use, whenever it is paid. */
export const anomalyMeasure = 'EffectiveCost';

/** A day of a service, with its source. */
export type SubjectDay = DayRow & { service: string };

/**
 * Reads what services cost their owners by day. What is shared is of nobody
 * here, and judged once: what each bears of it steps when another billing
 * period begins, as it hangs on what all of them use in it.
 */
export class SubjectStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The groups that bear anything alone, and null where something is shared or nobody's. */
  async groups(from: string, to: string): Promise<(string | null)[]> {
    const { rows } = await this.#knex.raw<{
      rows: { group_ref: string | null }[];
    }>(
      `select distinct ${groupAlone.sql} as group_ref
        from bills b join spend p on p.bill_id = b.id
        left join entities l on l.ref = p.entity_ref
        where b.current and p.day >= ?::date and p.day < ?::date`,
      [from, to],
    );
    return rows.map(row => row.group_ref);
  }

  /** What each service cost a group alone by day, oldest first; not that of the groups below it. */
  async days(
    group: string | null,
    from: string,
    to: string,
  ): Promise<SubjectDay[]> {
    const { rows } = await this.#knex.raw<{ rows: SubjectDay[] }>(
      `select b.source, coalesce(p."ServiceName", '') as service,
          p."BillingCurrency" as currency, p.day::text as day,
          trim_scale(sum(p."${anomalyMeasure}"))::text as amount
        from bills b join spend p on p.bill_id = b.id
        left join entities l on l.ref = p.entity_ref
        where b.current and p.day >= ?::date and p.day < ?::date
          and ${groupAlone.sql} is not distinct from ?::text
        group by 1, 2, 3, 4 order by 4`,
      [from, to, group],
    );
    return rows;
  }
}
