import type { Knex } from 'knex';
import type { Located } from './FactStore';
import { byExternalId } from './byExternalId';
import { incidentTable } from './factTables';
import { servicesOfIncidents } from './servicesOfIncidents';

/** Facts at the components that they belong to now, and the components that this changes. */
export type Settled = { located: Located[]; concerned: number[] };

type Row = {
  id: string;
  service_id: number;
  external_id: string;
  told: number;
};

/**
 * Brings incidents whose ids are unique to the components that their latest
 * statement names. An older statement tells of them where they are by now.
 *
 * @param statements - what was told, each of another incident
 */
export async function settleIncidents(
  tx: Knex,
  source: string,
  statements: Located[][],
): Promise<Settled> {
  const settled: Settled = { located: [], concerned: [] };
  if (statements.length === 0) return settled;
  await renameFormer(tx, source, statements);
  const { rows } = await tx.raw<{ rows: Row[] }>(
    `select id, service_id, external_id,
        (extract(epoch from observed_at) * 1000)::float8 as told
      from incidents where source = ? and external_id = any(?::text[])
      order by id for update`,
    [source, statements.map(([{ fact }]) => fact.id)],
  );
  const heldById = byExternalId(rows);
  for (const statement of statements) {
    const [{ fact }] = statement;
    const held = heldById.get(fact.id) ?? [];
    const told = Math.max(...held.map(row => row.told));
    if (Date.parse(fact.observedAt) < told) {
      settled.located.push(
        ...held.map(row => ({ ...statement[0], serviceId: row.service_id })),
      );
      continue;
    }
    settled.located.push(...statement);
    const targets = statement.map(({ serviceId }) => serviceId);
    settled.concerned.push(...(await move(tx, held, targets)));
  }
  return settled;
}

/** What is known by an id that its source used before goes on under the one it has now. */
async function renameFormer(
  tx: Knex,
  source: string,
  statements: Located[][],
): Promise<void> {
  const renamed = statements.flatMap(([{ fact }]) =>
    fact.type === 'incident' && fact.formerId !== undefined
      ? [{ id: fact.id, former: fact.formerId }]
      : [],
  );
  if (renamed.length === 0) return;
  await tx.raw(
    `update incidents i set external_id = r.id
      from jsonb_to_recordset(?::jsonb) as r(id text, former text)
      where i.source = ? and i.external_id = r.former and not exists (
        select 1 from incidents o
        where o.source = i.source and o.external_id = r.id)`,
    [JSON.stringify(renamed), source],
  );
}

/**
 * Has the rows of one incident at exactly these components. Those that can go
 * on living do: what people corrected hangs on them.
 *
 * @returns the components that have to do with it so far, when anything changes
 */
async function move(
  tx: Knex,
  held: Row[],
  targets: number[],
): Promise<number[]> {
  const isHeld = (target: number) =>
    held.some(row => row.service_id === target);
  const missing = targets.filter(target => !isHeld(target));
  const leaving = held.filter(row => !targets.includes(row.service_id));
  if (held.length === 0 || missing.length + leaving.length === 0) return [];
  const concerned = await servicesOf(
    tx,
    held.map(({ id }) => id),
  );
  const kept = held.find(row => targets.includes(row.service_id)) ?? held[0];
  if (leaving.includes(kept)) {
    await tx('incidents')
      .where({ id: kept.id })
      .update({ service_id: missing.shift() });
  }
  for (const { id } of leaving) {
    if (id !== kept.id) await merge(tx, id, kept.id);
  }
  if (missing.length > 0) {
    await tx.raw(incidentTable.spread, [missing, kept.id]);
  }
  return concerned;
}

/** Takes a row away, and keeps what people corrected about it unless they did about the other. */
async function merge(tx: Knex, from: string, to: string): Promise<void> {
  await tx.raw(
    `update corrections set ended_at = now()
      where incident_id = :from and ended_at is null and exists (
        select 1 from corrections where incident_id = :to and ended_at is null)`,
    { from, to },
  );
  await tx('corrections')
    .where({ incident_id: from })
    .update({ incident_id: to });
  await tx('incidents').where({ id: from }).delete();
}

async function servicesOf(tx: Knex, incidents: string[]): Promise<number[]> {
  const { rows } = await tx.raw<{ rows: { service_id: number }[] }>(
    `with concerned as (
        select id, service_id, caused_by_deployment from incidents
          where id = any(?::bigint[])
      )
      ${servicesOfIncidents}`,
    [incidents],
  );
  return rows.map(row => row.service_id);
}
