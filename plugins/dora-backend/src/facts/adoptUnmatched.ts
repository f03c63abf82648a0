import type { Knex } from 'knex';
import { FactStore } from './FactStore';
import {
  ensureFirstPlacement,
  hintOf,
  ServiceDirectory,
} from './ServiceDirectory';

const factTables = ['deployments', 'changes', 'incidents'];

/**
 * Brings facts that waited to the components that the catalog knows by now.
 *
 * @returns how many names found their component
 */
export async function adoptUnmatched(tx: Knex): Promise<number> {
  const directory = ServiceDirectory.create({ knex: tx });
  const waiting: { id: number; key: string }[] = await tx('services')
    .whereNull('entity_ref')
    .select('id', 'key')
    .orderBy('id');
  let adopted = 0;
  for (const { id, key } of waiting) {
    const refs = await directory.findEntities(hintOf(key));
    for (const ref of refs) {
      const { rows } = await tx.raw(
        `insert into services (key, entity_ref) values (?, ?)
          on conflict (key) do update set key = excluded.key returning id`,
        [ref, ref],
      );
      await ensureFirstPlacement(tx, rows[0].id);
      await copyFacts(tx, id, rows[0].id);
      await new FactStore().markStale(tx, [rows[0].id]);
    }
    if (refs.length > 0) {
      await tx('deliveries')
        .where({ unmatched_service: id, state: 'unmatched' })
        .update({ state: 'applied', message: null, unmatched_service: null });
      await tx('services').where({ id }).delete();
      adopted += 1;
    }
  }
  return adopted;
}

/** A repository of several components: each gets the facts that could not be told apart. */
async function copyFacts(tx: Knex, from: number, to: number): Promise<void> {
  for (const table of factTables) {
    const { rows } = await tx.raw<{ rows: { names: string }[] }>(
      `select string_agg(quote_ident(column_name), ', ' order by ordinal_position) as names
        from information_schema.columns
        where table_schema = current_schema() and table_name = ?
          and column_name not in ('id', 'service_id')`,
      [table],
    );
    const columns = rows[0].names;
    await tx.raw(
      `insert into ${table} (service_id, ${columns})
        select ?, ${columns} from ${table} where service_id = ?
        on conflict (service_id, source, external_id) do nothing`,
      [to, from],
    );
  }
}
