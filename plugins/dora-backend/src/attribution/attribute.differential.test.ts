import fc from 'fast-check';
import { useDatabases } from '../__testUtils__/databases';
import { histories } from '../__testUtils__/histories';
import type { RawHistory } from '../__testUtils__/rawFacts';
import {
  Reference,
  type ReferenceTable,
} from '../__testUtils__/reference/Reference';
import { attribute } from './attribute';
import type { Attribution, AttributionSettings, History } from './model';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const settings: AttributionSettings = {
  production: 1,
  baselineMs: 7 * 86_400_000,
  incidentWindowMs: 24 * 3_600_000,
};

const databases = useDatabases();

/** The types have no null. */
const known = <T>(value: T | null): T | undefined => value ?? undefined;

function historyOf({ deployments, changes, incidents }: RawHistory): History {
  return {
    deployments: deployments.map(fact => ({
      id: String(fact.id),
      externalId: fact.externalId,
      environment: fact.environment,
      status: fact.status as 'success',
      at: known(fact.at),
      sha: known(fact.sha),
      commits: known(fact.commits),
      ref: known(fact.ref),
      title: known(fact.title),
      kind: known(fact.kind) as 'rollback' | undefined,
      correctedFailed: known(fact.saidFailed),
    })),
    changes: changes.map(fact => ({
      id: String(fact.id),
      externalId: fact.externalId,
      number: undefined,
      title: known(fact.title),
      ref: known(fact.ref),
      firstCommitAt: known(fact.firstCommitAt),
      openedAt: known(fact.openedAt),
      mergedAt: known(fact.mergedAt),
      mergeSha: known(fact.mergeSha),
      commits: fact.commits,
    })),
    incidents: incidents.map(fact => ({
      id: String(fact.id),
      foreign: false,
      namesElsewhere: false,
      createdAt: fact.createdAt,
      resolvedAt: known(fact.resolvedAt),
      causedByDeployment: known(fact.causedByDeployment),
      causedBySha: known(fact.causedBySha),
      isChangeRelated: known(fact.changeRelated),
      correctedCause: undefined,
    })),
  };
}

const byId = <T extends { id: string }>(items: T[]): T[] =>
  items.sort((a, b) => a.id.localeCompare(b.id));

type Row = Record<string, unknown>;

/** What the reference concludes of each history, in the words of the product. */
async function fromReference(
  told: Record<string, RawHistory>,
): Promise<(name: string) => ReturnType<typeof fromAttribution>> {
  const reference = await Reference.create(await databases.init(), settings);
  await reference.readHistories(told);
  await reference.conclude();
  const rows = async (
    table: ReferenceTable,
    read: (row: Row) => Row & { id: string },
  ) => {
    const found = new Map<string, (Row & { id: string })[]>(
      Object.keys(told).map(name => [name, []]),
    );
    for (const { service, ...row } of await reference.rowsOf<Row>(table)) {
      found.get(service)!.push(read(row));
    }
    return (name: string) => byId(found.get(name)!);
  };
  const delivered = await rows(
    'deliveries',
    ({ change, deployment, title, ref, shas, ...rest }) => ({
      id: `${change} ${rest.environment}`,
      deployment: String(deployment),
      ...rest,
    }),
  );
  const outcomes = await rows('conclusions', ({ deployment, ...rest }) => ({
    id: String(deployment),
    ...rest,
  }));
  const links = await rows('blames', ({ incident, deployment, ...rest }) => ({
    id: String(incident),
    deployment: deployment === null ? null : String(deployment),
    ...rest,
  }));
  return name => ({
    delivered: delivered(name),
    outcomes: outcomes(name),
    links: links(name),
  });
}

function fromAttribution({
  delivered,
  outcomes,
  links,
}: Attribution): Record<
  'delivered' | 'outcomes' | 'links',
  (Row & { id: string })[]
> {
  return {
    delivered: byId(
      delivered.map(({ changeId, deploymentId, ...rest }) => ({
        id: `${changeId} ${rest.environment}`,
        deployment: deploymentId,
        ...rest,
        sinceFirstCommit: rest.sinceFirstCommit ?? null,
        sinceOpened: rest.sinceOpened ?? null,
        sinceMerged: rest.sinceMerged ?? null,
      })),
    ),
    outcomes: byId(
      outcomes.map(outcome => ({
        id: outcome.deploymentId,
        environment: outcome.environment,
        at: outcome.at,
        succeeded: outcome.succeeded,
        failed: outcome.failed,
        rework: outcome.rework ?? null,
        recoveredAt: outcome.recoveredAt ?? null,
        sinceDeployment: outcome.sinceDeployment ?? null,
        sinceIncident: outcome.sinceIncident ?? null,
      })),
    ),
    links: byId(
      links.map(link => ({
        id: link.incidentId,
        deployment: link.deploymentId ?? null,
        evidence: link.evidence ?? null,
        confidence: link.confidence ?? null,
      })),
    ),
  };
}

describe('attribute', () => {
  it('concludes what plain SQL over the raw facts concludes', async () => {
    const told = Object.fromEntries(
      fc
        .sample(histories, { numRuns: 4000, seed: 20261122 })
        .map((history, index) => [`s${index}`, history]),
    );
    const expected = await fromReference(told);
    for (const [name, history] of Object.entries(told)) {
      expect(fromAttribution(attribute(historyOf(history), settings))).toEqual(
        expected(name),
      );
    }
  });

  it('concludes the same in whatever order the facts are read', () => {
    const shuffled = histories.chain(history =>
      fc.record({
        history: fc.constant(history),
        again: fc.record({
          deployments: shuffle(history.deployments),
          changes: shuffle(history.changes),
          incidents: shuffle(history.incidents),
        }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ history, again }) => {
        const { delivered, outcomes, links, superseded } = attribute(
          historyOf(history),
          settings,
        );
        const other = attribute(historyOf(again), settings);
        const sorted = (items: object[]) =>
          items.map(item => JSON.stringify(item)).sort();
        expect(sorted(other.delivered)).toEqual(sorted(delivered));
        expect(sorted(other.outcomes)).toEqual(sorted(outcomes));
        expect(sorted(other.links)).toEqual(sorted(links));
        expect(new Map([...other.superseded].sort())).toEqual(
          new Map([...superseded].sort()),
        );
      }),
      { numRuns: 1000, seed: 20261122 },
    );
  });
});

function shuffle<T>(items: T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray(items, {
    minLength: items.length,
    maxLength: items.length,
  });
}
