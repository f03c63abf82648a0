import type { Knex } from 'knex';
import { FactStore } from './FactStore';

/**
 * Gives every component whose owner, system or domain has changed a new place
 * from now on. What happened before stays where it happened.
 *
 * @returns how many moved
 */
export async function movePlacements(tx: Knex): Promise<number> {
  await tx.raw(`
    insert into scopes (level, ref)
    select distinct level, ref from (
      select 1, e.owner_ref from services s join entities e on e.ref = s.entity_ref
      union select 2, e.parent_ref from services s join entities e on e.ref = s.entity_ref
      union select 3, y.parent_ref from services s join entities e on e.ref = s.entity_ref
        join entities y on y.ref = e.parent_ref
    ) as l(level, ref)
    where ref is not null
    on conflict (level, ref) do nothing`);
  const { rows } = await tx.raw<{ rows: { service_id: number }[] }>(`
    insert into placements (service_id, owner_scope, system_scope, domain_scope, valid_from)
    select s.id, o.id, y.id, d.id, now()
    from services s
    join entities e on e.ref = s.entity_ref
    left join entities ye on ye.ref = e.parent_ref
    left join scopes o on o.level = 1 and o.ref = e.owner_ref
    left join scopes y on y.level = 2 and y.ref = e.parent_ref
    left join scopes d on d.level = 3 and d.ref = ye.parent_ref
    join lateral (
      select * from placements p where p.service_id = s.id
      order by valid_from desc limit 1
    ) p on true
    where (p.owner_scope, p.system_scope, p.domain_scope)
      is distinct from (o.id, y.id, d.id)
    returning service_id`);
  // What was computed meanwhile, or is said to happen later, has a new place.
  await new FactStore().markStale(
    tx,
    rows.map(row => row.service_id),
  );
  return rows.length;
}
