import type { Knex } from 'knex';
import type { Located } from './FactStore';
import { byExternalId } from './byExternalId';
import { changeTable } from './factTables';
import type { Settled } from './settleIncidents';

type Row = {
  id: string;
  service_id: number;
  external_id: string;
  by_paths: boolean;
};

/**
 * Brings changes of repositories with several components to those whose files
 * they touched. What is told without files, such as a pull request, goes to
 * all of them until a push tells the files, and then only where that went.
 *
 * @param statements - what was told, each of another change
 */
export async function settleChanges(
  tx: Knex,
  source: string,
  statements: Located[][],
): Promise<Settled> {
  const settled: Settled = { located: [], concerned: [] };
  if (statements.length === 0) return settled;
  const places = statements.flatMap(([{ fact, siblings = [] }]) =>
    siblings.map(service => ({ service, id: fact.id })),
  );
  const { rows } = await tx.raw<{ rows: Row[] }>(
    `select c.id, c.service_id, c.external_id, c.by_paths
      from unnest(?::int[], ?::text[]) as n(service_id, external_id)
      join changes c using (service_id, external_id)
      where c.source = ? order by c.id for update of c`,
    [places.map(({ service }) => service), places.map(({ id }) => id), source],
  );
  const heldById = byExternalId(rows);
  for (const statement of statements) {
    const [{ fact, siblings = [] }] = statement;
    const held = (heldById.get(fact.id) ?? []).filter(row =>
      siblings.includes(row.service_id),
    );
    const sure = held.filter(row => row.by_paths).map(row => row.service_id);
    const told = statement.map(({ serviceId }) => serviceId);
    const { byPaths } = statement[0];
    const targets = byPaths ? [...new Set([...sure, ...told])] : sure;
    settled.located.push(
      ...(targets.length > 0
        ? targets.map(serviceId => ({ ...statement[0], serviceId }))
        : statement),
    );
    if (byPaths) settled.concerned.push(...(await narrow(tx, held, targets)));
  }
  return settled;
}

/**
 * Takes a change away from components whose files it does not touch.
 *
 * @returns those components
 */
async function narrow(
  tx: Knex,
  held: Row[],
  targets: number[],
): Promise<number[]> {
  const missing = targets.filter(
    target => !held.some(row => row.service_id === target),
  );
  if (held.length > 0 && missing.length > 0) {
    await tx.raw(changeTable.spread, [missing, held[0].id]);
  }
  const leaving = held.filter(row => !targets.includes(row.service_id));
  if (leaving.length > 0) {
    await tx('changes')
      .whereIn(
        'id',
        leaving.map(({ id }) => id),
      )
      .delete();
  }
  return leaving.map(row => row.service_id);
}
