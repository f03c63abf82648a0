import type { Fact } from '@waymark/plugin-dora-node';
import type { Knex } from 'knex';
import { encodeRows } from './binaryCopy';
import { copyInto } from './copyInto';
import { factTables } from './factTables';
import { servicesOfIncidents } from './servicesOfIncidents';
import { settleChanges } from './settleChanges';
import { settleIncidents, type Settled } from './settleIncidents';

/** A fact with the component it belongs to. */
export type Located<F extends Fact = Fact> = {
  fact: F;
  serviceId: number;
  /** Of a deployment: the number of its environment. */
  environmentId?: number;
  /** Of a change: the components of its repository, when it holds several. */
  siblings?: number[];
  /** Of such a change: its files told the components. */
  byPaths?: boolean;
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
    const stored: Located[] = [];
    const left: number[] = [];
    await lockMoving(tx, bySource);
    // In one order by everybody, so that no two wait for each other.
    for (const source of [...bySource.keys()].sort()) {
      for (const round of rounds(bySource.get(source)!)) {
        const { located, concerned } = await settle(tx, source, round);
        stored.push(...located);
        left.push(...concerned);
        for (const table of factTables) {
          const rows = located.filter(({ fact }) => fact.type === table.type);
          if (rows.length === 0) continue;
          await tx.raw(table.upsert, [
            source,
            JSON.stringify(rows.map(row => table.toRow(row))),
          ]);
        }
      }
    }
    const concerned = [
      ...(await this.#concerned(tx, [...bySource.keys()], stored)),
      ...left,
    ];
    await this.markStale(tx, concerned, options.restMs);
    return [...new Set(concerned)];
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
    const concerned = await this.#concerned(tx, [source], facts);
    await this.markStale(tx, concerned, options.restMs);
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

/** Whether a fact leaves the components that its latest statement does not name. */
const isMoving = ({ fact, siblings }: Located) =>
  siblings !== undefined || (fact.type === 'incident' && fact.idIsUnique);

/** The rows that a statement may write, take away or look at, by name. */
function namesOf(statement: Located[]): string[] {
  const [{ fact, siblings }] = statement;
  const name = `${fact.type} ${fact.id}`;
  if (fact.type === 'incident' && fact.idIsUnique) return [name];
  const services = siblings ?? statement.map(({ serviceId }) => serviceId);
  return services.map(id => `${name} ${id}`);
}

/** What was told at once of one fact, of all its components. */
function statementsIn(facts: Located[]): Located[][] {
  const statements = new Map<Fact, Located[]>();
  for (const located of facts) {
    const others = statements.get(located.fact);
    if (others) others.push(located);
    else statements.set(located.fact, [located]);
  }
  return [...statements.values()];
}

/** One statement may write a row once: what is said again comes in a later round. */
function rounds(facts: Located[]): Located[][][] {
  const next = new Map<string, number>();
  const result: Located[][][] = [];
  for (const statement of statementsIn(facts)) {
    const names = namesOf(statement);
    const round = Math.max(...names.map(name => next.get(name) ?? 0));
    names.forEach(name => next.set(name, round + 1));
    (result[round] ??= []).push(statement);
  }
  return result;
}

/** Where a fact belongs must not be decided twice at once. */
async function lockMoving(
  tx: Knex,
  bySource: ReadonlyMap<string, Located[]>,
): Promise<void> {
  const names = [...bySource].flatMap(([source, facts]) =>
    statementsIn(facts.filter(isMoving)).map(
      statement => `dora.fact ${source} ${namesOf(statement)[0]}`,
    ),
  );
  if (names.length === 0) return;
  await tx.raw(
    // In one order by everybody, so that no two wait for each other.
    `select pg_advisory_xact_lock(hashtextextended(name, 0)) from (
        select name from unnest(?::text[]) with ordinality as n(name, position)
        order by position
      ) ordered`,
    [[...new Set(names)].sort()],
  );
}

/** Brings the facts of a round to the components they belong to now. */
async function settle(
  tx: Knex,
  source: string,
  round: Located[][],
): Promise<Settled> {
  const moving = round.filter(([first]) => isMoving(first));
  const incidents = moving.filter(([{ fact }]) => fact.type === 'incident');
  const changes = moving.filter(([{ fact }]) => fact.type === 'change');
  const settled = [
    await settleIncidents(tx, source, incidents),
    await settleChanges(tx, source, changes),
  ];
  return {
    located: [
      ...round.filter(([first]) => !isMoving(first)).flat(),
      ...settled.flatMap(({ located }) => located),
    ],
    concerned: settled.flatMap(({ concerned }) => concerned),
  };
}
