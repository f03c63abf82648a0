import type { Fact } from '@waymark/plugin-dora-node';
import type { Knex } from 'knex';
import { changeTable, deploymentTable, incidentTable } from './factTables';
import type { FactTable } from './factTables';

/** A fact with the component it belongs to. */
export type Located<F extends Fact = Fact> = {
  fact: F;
  serviceId: number;
  /** Of a deployment: the number of its environment. */
  environmentId?: number;
};

/** Writes facts, each under its own id: the same again restates it. */
export class FactStore {
  /**
   * Stores facts and marks the components whose numbers they change.
   *
   * @param options.restMs - for how long the components are left alone, because more is coming
   */
  async put(
    tx: Knex,
    source: string,
    facts: Located[],
    options: { restMs?: number } = {},
  ): Promise<void> {
    for (const round of rounds(source, facts)) {
      for (const table of [deploymentTable, changeTable, incidentTable]) {
        await this.#upsert(
          tx,
          table,
          round.filter(({ fact }) => fact.type === table.type),
          source,
        );
      }
    }
    await this.markStale(tx, await this.#concerned(tx, facts), options.restMs);
  }

  /** Marks components whose numbers are to be computed anew. */
  async markStale(
    tx: Knex,
    serviceIds: Iterable<number>,
    restMs = 0,
  ): Promise<void> {
    const ids = [...new Set(serviceIds)];
    if (ids.length === 0) return;
    await tx.raw(
      // One order for everybody, so that no two wait for each other. The row is
      // written even when it is there: whoever is computing it must not take
      // away a mark that stands for facts they have not seen.
      `insert into stale_services (service_id, not_before)
        select id, now() + ? * interval '1 millisecond'
        from unnest(?::int[]) as id order by id
        on conflict (service_id) do update
          set not_before = case when ? > 0
            then greatest(stale_services.not_before, excluded.not_before)
            else excluded.not_before end`,
      [restMs, ids, restMs],
    );
  }

  /** The components of the facts, and those whose incidents name these deployments or the other way round. */
  async #concerned(tx: Knex, facts: Located[]): Promise<number[]> {
    const deployments: string[] = [];
    const named: string[] = [];
    for (const { fact } of facts) {
      if (fact.type === 'deployment') deployments.push(fact.id);
      if (
        fact.type === 'incident' &&
        fact.causedBy &&
        'deployment' in fact.causedBy
      ) {
        named.push(fact.causedBy.deployment);
      }
    }
    const { rows } = await tx.raw<{ rows: { service_id: number }[] }>(
      `select service_id from incidents where caused_by_deployment = any(?)
        union select service_id from deployments where external_id = any(?)`,
      [deployments, named],
    );
    return [
      ...facts.map(({ serviceId }) => serviceId),
      ...rows.map(row => row.service_id),
    ];
  }

  async #upsert(
    tx: Knex,
    table: FactTable,
    facts: Located[],
    source: string,
  ): Promise<void> {
    if (facts.length === 0) return;
    await tx.raw(table.upsert, [
      source,
      JSON.stringify(facts.map(located => table.toRow(located))),
    ]);
  }
}

/** One statement may write a row once: what is said again comes in a later round. */
function rounds(source: string, facts: Located[]): Located[][] {
  const seen = new Map<string, number>();
  const result: Located[][] = [];
  for (const located of facts) {
    const key = `${source} ${located.serviceId} ${located.fact.type} ${located.fact.id}`;
    const round = seen.get(key) ?? 0;
    seen.set(key, round + 1);
    (result[round] ??= []).push(located);
  }
  return result;
}
