import { type Cause, type Measure } from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';
import {
  allocatedCharges,
  borne,
  causeOf,
  causesWithoutRule,
} from '../allocation/spend';
import { plain, sql, value } from '../charges/sql';

type CauseRow = Pick<Cause, 'currency' | 'amount' | 'resources'> & {
  cause: string;
  serviceName: string | null;
};

const { tagged, untagged } = causesWithoutRule;

/** What no rule is about is told apart by service and tags; otherwise the cause says all. */
const toCause = ({ cause, serviceName, ...sums }: CauseRow): Cause =>
  cause === tagged || cause === untagged
    ? { cause: null, serviceName, isTagged: cause === tagged, ...sums }
    : { cause, ...sums };

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
    const withoutRule = value(Object.values(causesWithoutRule));
    // A credit is as large a cause as a charge.
    const statement = sql`
      select w.cause,
        case when w.cause = any(${withoutRule}) then i."ServiceName" end
          as "serviceName",
        i."BillingCurrency" as currency,
        trim_scale(sum(${borne(measure)}))::text as amount,
        count(distinct i."ResourceId")::int as resources
      from ${allocatedCharges}
      cross join lateral (select ${causeOf} as cause) w
      where b.current and c.day >= ${value(from, 'date')}
        and c.day < ${value(to, 'date')}
        and w.cause is not null
      group by 1, 2, 3
      ${plain(`order by abs(sum(${borne(measure).sql})) desc, 1, 2, 3`)}
      limit ${value(limit)}`;
    const { rows } = await this.#knex.raw<{ rows: CauseRow[] }>(
      statement.sql,
      statement.bindings as Knex.RawBinding[],
    );
    return rows.map(toCause);
  }
}
