import type { Knex } from 'knex';
import { unfinishedOwners } from '../metrics/upToDate';
import { groupsOf } from './GoalMeasurer';

/** What is about groups whose sums, with those of the groups below them, hold everything that came in. */
export async function ofFinishedGroups<T extends { entityRef: string }>(
  tx: Knex,
  items: T[],
): Promise<T[]> {
  const unfinished = await unfinishedOwners(tx);
  if (unfinished.size === 0) return items;
  const groups = await groupsOf(
    tx,
    items.map(({ entityRef }) => ({ entityRef, title: entityRef })),
  );
  return items.filter(
    ({ entityRef }) =>
      !groups.get(entityRef)?.ids.some(id => unfinished.has(id)),
  );
}
