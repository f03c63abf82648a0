import type { Knex } from 'knex';
import { unfinishedOwners } from '../metrics/upToDate';
import { scopesOfGroups } from './scopesOfGroups';

/** What is about groups whose sums, with those of the groups below them, hold everything that came in. */
export async function ofFinishedGroups<T extends { entityRef: string }>(
  tx: Knex,
  items: T[],
): Promise<T[]> {
  const unfinished = await unfinishedOwners(tx);
  if (unfinished.size === 0) return items;
  const scopes = await scopesOfGroups(
    tx,
    items.map(({ entityRef }) => entityRef),
  );
  return items.filter(
    ({ entityRef }) => !scopes.get(entityRef)?.some(id => unfinished.has(id)),
  );
}
