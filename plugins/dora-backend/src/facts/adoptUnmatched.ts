import type { Knex } from 'knex';
import { FactStore } from './FactStore';
import { factTables } from './factTables';
import {
  ensureFirstPlacement,
  hintOf,
  ServiceDirectory,
} from './ServiceDirectory';
import { servicesOfIncidents } from './servicesOfIncidents';

/**
 * Brings facts that waited to the components that the catalog knows by now.
 * The places in which they waited stay: another replica may still know the
 * name as unknown, and what it stores there is brought the next time.
 *
 * @returns how many names found their component
 */
export async function adoptUnmatched(tx: Knex): Promise<number> {
  const directory = ServiceDirectory.create({ knex: tx });
  const waiting: { id: number; key: string }[] = await tx('services')
    .whereNull('entity_ref')
    .select('id', 'key')
    .orderBy('id');
  const found: number[] = [];
  const concerned: number[] = [];
  let adopted = 0;
  for (const { id, key } of waiting) {
    const refs = await directory.findEntities(hintOf(key));
    if (!refs) continue;
    found.push(id);
    const targets = [];
    for (const ref of refs) targets.push(await adopter(tx, ref));
    if (await moveFacts(tx, id, targets)) {
      concerned.push(...targets);
      adopted += 1;
    }
  }
  if (found.length > 0) {
    // At the end and at once: whoever reads deliveries locks these rows in the
    // same order, and name by name it would be another.
    await markConcerned(tx, concerned);
    await countAdopted(tx, found);
  }
  return adopted;
}

/** Deliveries that waited for these names are applied by now. */
async function countAdopted(tx: Knex, services: number[]): Promise<void> {
  await tx.raw(
    `with found as materialized (
        select id, source from deliveries
        where unmatched_service = any(?::int[]) and state = 'unmatched'
        order by id for update
      ),
      adopted as (
        update deliveries d
        set state = 'applied', message = null, unmatched_service = null
        from found where d.id = found.id returning found.source
      )
      insert into delivery_counters as c (source, applied, unmatched)
      select source, count(*), -count(*) from adopted
      group by source order by source
      on conflict (source) do update set
        applied = c.applied + excluded.applied,
        unmatched = c.unmatched + excluded.unmatched`,
    [services],
  );
}

/** The component of an entity, which may be the place that waited under its reference. */
async function adopter(tx: Knex, ref: string): Promise<number> {
  const { rows } = await tx.raw<{ rows: { id: number }[] }>(
    `insert into services (key, entity_ref) values (:ref, :ref)
      on conflict (key) do update set entity_ref = excluded.entity_ref
      returning id`,
    { ref },
  );
  await ensureFirstPlacement(tx, rows[0].id);
  return rows[0].id;
}

/**
 * A repository of several components: each gets the facts that could not be
 * told apart.
 *
 * @returns whether there were any
 */
async function moveFacts(
  tx: Knex,
  from: number,
  targets: number[],
): Promise<boolean> {
  // It became the component itself.
  if (targets.includes(from)) return true;
  let moved = 0;
  for (const table of factTables) {
    const { rowCount } = await tx.raw(table.move, [from, targets]);
    moved += rowCount ?? 0;
  }
  return moved > 0;
}

/** The components, and those that have to do with their incidents and deployments. */
async function markConcerned(tx: Knex, targets: number[]): Promise<void> {
  const { rows } = await tx.raw<{ rows: { service_id: number }[] }>(
    `with concerned as (
        select id, service_id, caused_by_deployment from incidents
          where service_id = any(:targets::int[])
        union
        select i.id, i.service_id, i.caused_by_deployment
          from deployments d join incidents i on i.caused_by_deployment = d.external_id
          where d.service_id = any(:targets::int[])
      )
      ${servicesOfIncidents}`,
    { targets },
  );
  await new FactStore().markStale(tx, [
    ...targets,
    ...rows.map(row => row.service_id),
  ]);
}
