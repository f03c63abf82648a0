import type { UnitValues } from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';

/** A metric with what is known of its months. */
export type StoredUnit = {
  unit: string;
  title: string;
  isMean: boolean;
  /** By the first day of a month. */
  quantities: Map<string, number>;
};

/** Keeps the values of metrics. */
export class UnitStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * The metrics of an entity by month: its own; and those that add up, of the
   * components below it, where it has none of its own.
   *
   * @param question.within - only of what these groups and those below own; of everything when absent
   */
  async months(question: {
    entityRef: string;
    from: string;
    to: string;
    within?: string[];
  }): Promise<StoredUnit[]> {
    const { entityRef, from, to, within } = question;
    const { rows } = await this.#knex.raw<{
      rows: {
        unit: string;
        title: string;
        is_mean: boolean;
        month: string;
        quantity: number;
      }[];
    }>(
      `with told as (
          select u.*, u.entity_ref = :ref as is_own
          from units u left join entities l on l.ref = u.entity_ref
          where (u.entity_ref = :ref
              or (not u.is_mean and u.entity_ref = l.component and (l.system = :ref
                or l.group_ref in (select ref from group_tree where ancestor = :ref))))
            and (:within::text[] is null or l.group_ref in (
              select ref from group_tree where ancestor = any(:within::text[])))
        ), chosen as (
          select * from told t
          where t.is_own
            or not exists (select 1 from told o where o.is_own and o.unit = t.unit)
        )
        select c.unit, min(c.title) as title, bool_or(c.is_mean) as is_mean,
          date_trunc('month', v.day)::date::text as month,
          case when bool_or(c.is_mean) then avg(v.value)
            else sum(v.value) end::float8 as quantity
        from chosen c
        join unit_values v on v.entity_ref = c.entity_ref and v.unit = c.unit
        where v.day >= :from::date and v.day < :to::date
        group by 1, 4 order by 1, 4`,
      { ref: entityRef, from, to, within: within ?? null },
    );
    const units = new Map<string, StoredUnit>();
    for (const { unit, title, is_mean: isMean, month, quantity } of rows) {
      const known = units.get(unit) ?? {
        unit,
        title,
        isMean,
        quantities: new Map(),
      };
      known.quantities.set(month, quantity);
      units.set(unit, known);
    }
    return [...units.values()];
  }

  /** Has these values count; a null takes one back. */
  async put(
    unit: string,
    { entityRef, title, isMean = false, values }: UnitValues,
    by: string,
  ): Promise<void> {
    await this.#knex.transaction(async tx => {
      await tx('units')
        .insert({
          entity_ref: entityRef,
          unit,
          title,
          is_mean: isMean,
          set_by: by,
        })
        .onConflict(['entity_ref', 'unit'])
        .merge(['title', 'is_mean', 'set_by', 'set_at']);
      const of = { entity_ref: entityRef, unit };
      await tx('unit_values')
        .where(of)
        .whereIn(
          'day',
          values.map(({ date }) => date),
        )
        .delete();
      const kept = values.flatMap(({ date, value }) =>
        value === null ? [] : [{ ...of, day: date, value }],
      );
      if (kept.length > 0) await tx('unit_values').insert(kept);
      // A metric without a value would stand in the way of those below it.
      await tx('units')
        .where(of)
        .whereNotExists(tx('unit_values').where(of).select(tx.raw('1')))
        .delete();
    });
  }
}
