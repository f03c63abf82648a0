import { type Cause, type Measure } from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';
import { allocatedCharges, borne, partOf } from '../allocation/spend';
import { plain, sql, value } from '../charges/sql';

type CauseRow = Cause & { serviceName: string | null; isTagged: boolean };

/** Only of what no rule is about; otherwise the cause says all. */
function toCause({ serviceName, isTagged, ...cause }: CauseRow): Cause {
  return cause.cause === null ? { ...cause, serviceName, isTagged } : cause;
}

/** Finds why things are nobody's. */
export class CauseStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async largest(question: {
    from: string;
    to: string;
    measure: Measure;
    limit: number;
  }): Promise<Cause[]> {
    const { from, to, measure, limit } = question;
    const statement = sql`
      select a.cause,
        case when a.cause is null then i."ServiceName" end as "serviceName",
        a.cause is null and coalesce(i."Tags", '{}') <> '{}' as "isTagged",
        i."BillingCurrency" as currency,
        trim_scale(sum(${borne(measure)}))::text as amount,
        count(distinct i."ResourceId")::int as resources
      from ${allocatedCharges}
      where b.current and c.day >= ${value(from, 'date')}
        and c.day < ${value(to, 'date')}
        and ${partOf} = 'unallocated'
      group by 1, 2, 3, 4
      ${plain(`order by sum(${borne(measure).sql}) desc, 1, 2, 3, 4`)}
      limit ${value(limit)}`;
    const { rows } = await this.#knex.raw<{ rows: CauseRow[] }>(
      statement.sql,
      statement.bindings as Knex.RawBinding[],
    );
    return rows.map(toCause);
  }
}
