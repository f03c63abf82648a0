import type { Knex } from 'knex';
import { levels } from './levels';

/** Whether everything that came in is in the sums. */
export async function isUpToDate(tx: Knex): Promise<boolean> {
  const { rows } = await tx.raw(
    `select not exists (select 1 from deliveries where state = 'waiting')
      and not exists (select 1 from stale_services)
      and not exists (select 1 from stale_buckets) as "upToDate"`,
  );
  return rows[0].upToDate;
}

/**
 * Whether deliveries are to be read at once, of which nobody knows yet whom
 * they concern. What failed and is tried again later is none of them.
 */
export async function isReading(tx: Knex): Promise<boolean> {
  const { rows } = await tx.raw(
    `select exists (select 1 from deliveries
        where state = 'waiting' and due_at <= now()) as "isReading"`,
  );
  return rows[0].isReading;
}

/** The scopes of owners whose sums lack something that came in. */
export async function unfinishedOwners(tx: Knex): Promise<Set<number>> {
  const { rows } = await tx.raw<{ rows: { id: number }[] }>(
    `select scope_id as id from stale_buckets where level = ?
      union
      select p.owner_scope from stale_services s
        join placements p on p.service_id = s.service_id
        where p.owner_scope is not null`,
    [levels.owner],
  );
  return new Set(rows.map(({ id }) => id));
}
