import type { Knex } from 'knex';
import { levels } from '../metrics/levels';

/**
 * The scopes of some groups, each with those of the groups below it.
 *
 * @returns by the reference of the group; one that has left the catalog is missing
 */
export async function scopesOfGroups(
  tx: Knex,
  refs: string[],
): Promise<Map<string, number[]>> {
  const { rows } = await tx.raw<{ rows: { ref: string; ids: number[] }[] }>(
    `with recursive below as (
        select ref as top, ref from entities
          where ref = any(:refs) and kind = 'group'
        union
        select b.top, e.ref from entities e join below b on e.parent_ref = b.ref
          where e.kind = 'group'
      )
      select b.top as ref,
        coalesce(array_agg(s.id) filter (where s.id is not null), '{}') as ids
      from below b
      left join scopes s on s.level = ${levels.owner} and s.ref = b.ref
      group by b.top`,
    { refs },
  );
  return new Map(rows.map(({ ref, ids }) => [ref, ids]));
}
