import type { Measure } from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';
import type { DayRow } from '../forecast/SeriesStore';
import type { budgetKinds } from './terms';

const levels: Record<
  (typeof budgetKinds)[number],
  { column: string; join: string }
> = {
  component: { column: 'l.component', join: '' },
  system: { column: 'l.system', join: '' },
  // A group also bears what those below it do.
  group: {
    column: 'g.ancestor',
    join: 'join group_tree g on g.ref = l.group_ref',
  },
};

/** Sums up by day what many owners spent, in one question. */
export class OwnerSeries {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async days(question: {
    level: (typeof budgetKinds)[number];
    refs: string[];
    measure: Measure;
    from: string;
    to: string;
  }): Promise<Map<string, DayRow[]>> {
    const { level, refs, measure, from, to } = question;
    const { column, join } = levels[level];
    const { rows } = await this.#knex.raw<{
      rows: (DayRow & { ref: string })[];
    }>(
      `select ${column} as ref, b.source, p."BillingCurrency" as currency,
          p.day::text as day, trim_scale(sum(p."${measure}"))::text as amount
        from bills b
        join spend p on p.bill_id = b.id
        join entities l on l.ref = p.entity_ref ${join}
        where b.current and p.day >= ?::date and p.day < ?::date
          and ${column} = any(?)
        group by 1, 2, 3, 4 order by 4`,
      [from, to, refs],
    );
    const found = new Map<string, DayRow[]>();
    for (const { ref, ...row } of rows) {
      const known = found.get(ref);
      if (known) known.push(row);
      else found.set(ref, [row]);
    }
    return found;
  }
}
