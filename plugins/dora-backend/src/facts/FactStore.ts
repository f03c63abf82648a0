import type { Fact } from '@waymark/plugin-dora-node';
import type { Knex } from 'knex';
import { encodeRows } from './binaryCopy';
import { copyInto } from './copyInto';
import { factTables } from './factTables';
import { servicesOfIncidents } from './servicesOfIncidents';

/** A fact with the component it belongs to. */
export type Located<F extends Fact = Fact> = {
  fact: F;
  serviceId: number;
  /** Of a deployment: the number of its environment. */
  environmentId?: number;
};

/** Facts of a source as the database takes them quickest. */
export type EncodedFacts = {
  source: string;
  facts: Located[];
  tables: { copy: string; rows: Buffer }[];
};

/** Writes facts, each under its own id: the same again restates it. */
export class FactStore {
  /**
   * Stores facts and marks the components whose numbers they change.
   *
   * @param bySource - what each source says
   * @param options.restMs - for how long the components are left alone, because more is coming
   * @returns those components
   */
  async put(
    tx: Knex,
    bySource: ReadonlyMap<string, Located[]>,
    options: { restMs?: number } = {},
  ): Promise<number[]> {
    // In one order by everybody, so that no two wait for each other.
    for (const source of [...bySource.keys()].sort()) {
      for (const round of rounds(bySource.get(source)!)) {
        for (const table of factTables) {
          const rows = round.filter(({ fact }) => fact.type === table.type);
          if (rows.length === 0) continue;
          await tx.raw(table.upsert, [
            source,
            JSON.stringify(rows.map(located => table.toRow(located))),
          ]);
        }
      }
    }
    return this.#mark(
      tx,
      [...bySource.keys()],
      [...bySource.values()].flat(),
      options.restMs,
    );
  }

  /** Makes facts ready for {@link insert}. */
  encode(source: string, facts: Located[]): EncodedFacts {
    const inOrder = [...facts].sort(
      (a, b) => a.serviceId - b.serviceId || (a.fact.id < b.fact.id ? -1 : 1),
    );
    const tables = factTables.flatMap(table => {
      const rows = inOrder
        .filter(({ fact }) => fact.type === table.type)
        .map(located => Object.assign(table.toRow(located), { source }));
      return rows.length > 0
        ? [{ copy: table.copy, rows: encodeRows(table.copied, rows) }]
        : [];
    });
    return { source, facts, tables };
  }

  /**
   * Stores facts that are all new, as {@link put} does in twice the time.
   *
   * @throws the database's error when one of them is there already, or twice among them
   */
  async insert(
    tx: Knex.Transaction,
    { source, facts, tables }: EncodedFacts,
    options: { restMs?: number } = {},
  ): Promise<number[]> {
    for (const { copy, rows } of tables) await copyInto(tx, copy, rows);
    return this.#mark(tx, [source], facts, options.restMs);
  }

  async #mark(
    tx: Knex,
    sources: string[],
    facts: Located[],
    restMs?: number,
  ): Promise<number[]> {
    const concerned = await this.#concerned(tx, sources, facts);
    await this.markStale(tx, concerned, restMs);
    return concerned;
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

  /**
   * Leaves components alone that are left alone already: from now for so
   * long, or no longer. What was computed meanwhile is not marked again.
   */
  async rest(
    knex: Knex,
    serviceIds: Iterable<number>,
    forMs: number,
  ): Promise<void> {
    await knex.raw(
      `update stale_services set not_before = now() + ? * interval '1 millisecond'
        where service_id in (
          select service_id from stale_services
          where service_id = any(?::int[]) and not_before > now()
          order by service_id for update)`,
      [forMs, [...serviceIds]],
    );
  }

  /**
   * The components of the facts, and of the incidents among them, and of those
   * that name the deployments among them: whoever they are, or were, put down to.
   */
  async #concerned(
    tx: Knex,
    sources: string[],
    facts: Located[],
  ): Promise<number[]> {
    const incidents = facts.filter(({ fact }) => fact.type === 'incident');
    const { rows } = await tx.raw<{ rows: { service_id: number }[] }>(
      `with concerned as (
          select id, service_id, caused_by_deployment from incidents
            where caused_by_deployment = any(:deployments::text[])
          union
          select i.id, i.service_id, i.caused_by_deployment
            from unnest(:services::int[], :incidents::text[]) as n(service_id, external_id)
            join incidents i on i.service_id = n.service_id
              and i.source = any(:sources::text[]) and i.external_id = n.external_id
        )
        ${servicesOfIncidents}`,
      {
        deployments: facts.flatMap(({ fact }) =>
          fact.type === 'deployment' ? [fact.id] : [],
        ),
        services: incidents.map(({ serviceId }) => serviceId),
        incidents: incidents.map(({ fact }) => fact.id),
        sources,
      },
    );
    return [
      ...new Set([
        ...facts.map(({ serviceId }) => serviceId),
        ...rows.map(row => row.service_id),
      ]),
    ];
  }
}

/** One statement may write a row once: what is said again comes in a later round. */
function rounds(facts: Located[]): Located[][] {
  const seen = new Map<string, number>();
  const result: Located[][] = [];
  for (const located of facts) {
    const key = `${located.serviceId} ${located.fact.type} ${located.fact.id}`;
    const round = seen.get(key) ?? 0;
    seen.set(key, round + 1);
    (result[round] ??= []).push(located);
  }
  return result;
}
