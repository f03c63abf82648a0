import type { ImportReport, Metrics } from '@waymark/plugin-dora-common';
import fc from 'fast-check';
import { useDatabases } from '../__testUtils__/databases';
import {
  components,
  dates,
  entities,
  nameOf,
  refOf,
  scopes,
  seed,
  switches,
} from '../__testUtils__/company';
import { histories } from '../__testUtils__/histories';
import { importLines } from '../__testUtils__/importLines';
import type {
  RawChange,
  RawDeployment,
  RawHistory,
  RawIncident,
} from '../__testUtils__/rawFacts';
import {
  Reference,
  type ReferencePeriod,
  type ReferenceSwitches,
} from '../__testUtils__/reference/Reference';
import { Workbench } from '../__testUtils__/Workbench';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(120_000);

const databases = useDatabases();

let bench: Workbench;
let reference: Reference;
let environmentIds: Record<string, number>;
let told: RawHistory[];
let report: ImportReport;

beforeAll(async () => {
  bench = new Workbench(await databases.init());
  await bench.catalogIs(entities);
  told = fc.sample(histories, { numRuns: components, seed });
  const lines = told.flatMap((history, index) =>
    importLines(nameOf(index), history),
  );
  // Imports overlap: the first knows some facts, and of those not everything.
  const some = fc.sample(fc.subarray(lines), { numRuns: 1, seed })[0];
  await bench.import(some.map(halfOf));
  await bench.drain();
  const shuffled = fc.sample(
    fc.shuffledSubarray(lines, {
      minLength: lines.length,
      maxLength: lines.length,
    }),
    { numRuns: 1, seed },
  )[0];
  report = await bench.import([...shuffled, ...some]);
  await bench.drain();

  const { rows } = await bench.knex.raw('select name, id from environments');
  environmentIds = Object.fromEntries(
    rows.map(({ name, id }: { name: string; id: number }) => [name, id]),
  );
  reference = await Reference.create(bench.knex, {
    production: environmentIds.production,
    baselineMs: 7 * 86_400_000,
    incidentWindowMs: 24 * 3_600_000,
  });
  await reference.readTables();
  await reference.conclude();
});

/** The same fact, told when less was known of it. */
function halfOf(line: object): object {
  const keep = ['type', 'id', 'service', 'environment', 'status'];
  return Object.fromEntries(
    Object.entries(line).filter(
      ([key]) => keep.includes(key) || key.endsWith('At'),
    ),
  );
}

/** What is compared of an answer. */
function numbersOf(metrics: Metrics, part: 'now' | 'previous' = 'now') {
  return Object.fromEntries(
    Object.entries(metrics).map(([id, metric]) => {
      const { state, n, value, counted, open, excluded, percentiles } =
        part === 'now' ? metric : metric.previous;
      return [id, { state, n, value, counted, open, excluded, percentiles }];
    }),
  );
}

const referenceSwitches = (
  query: Omit<ReferenceSwitches, 'environment' | 'minimumSample'> & {
    environment: string;
  },
): ReferenceSwitches => ({
  ...query,
  environment:
    environmentIds[
      query.environment === 'prod' ? 'production' : query.environment
    ],
  minimumSample: 5,
});

const refs = Array.from({ length: components }, (_, index) => refOf(index));

/** The components that a scope stands for. */
const within = (entityRef: string) =>
  scopes[entityRef]
    ? refs.filter((_, index) => scopes[entityRef](index))
    : [entityRef];

const property = <T>(
  arbitrary: fc.Arbitrary<T>,
  check: (value: T) => Promise<void>,
  numRuns: number,
) =>
  fc.assert(fc.asyncProperty(arbitrary, check), {
    numRuns,
    seed,
    endOnFailure: true,
  });

describe('DefaultMetricsService, beside plain SQL over the raw facts', () => {
  it('has the facts as they were told', async () => {
    expect(report).toMatchObject({ rejected: 0, unmatched: 0 });
    const facts = {
      deployments: await reference.rowsOf<RawDeployment>('deployments'),
      changes: await reference.rowsOf<RawChange>('changes'),
      incidents: await reference.rowsOf<RawIncident>('incidents'),
    };
    const inOrder = (rows: object[]) =>
      rows.map(row => JSON.stringify(row)).sort();
    const shown = ({ deployments, changes, incidents }: RawHistory) => ({
      deployments: inOrder(
        deployments.map(({ at, sha, commits, status }) => ({
          at,
          sha,
          commits,
          status,
        })),
      ),
      incidents: inOrder(
        incidents.map(({ createdAt, resolvedAt }) => ({
          createdAt,
          resolvedAt,
        })),
      ),
      changes: changes.length,
    });
    for (const [index, ref] of refs.entries()) {
      const here = ({ service }: { service: string }) => service === ref;
      expect(
        shown({
          deployments: facts.deployments.filter(here),
          changes: facts.changes.filter(here),
          incidents: facts.incidents.filter(here),
        }),
      ).toEqual(shown(told[index]));
    }
  });

  it('answers the same for every scope, clock and whole days of any time zone', async () => {
    await property(
      fc.record({
        query: switches,
        dates,
        entityRef: fc.constantFrom(
          ...Object.keys(scopes),
          ...Array.from({ length: 40 }, (_, index) => refOf(index)),
        ),
      }),
      async ({ query, dates: [from, to], entityRef }) => {
        const answer = await bench.metrics({
          ...query,
          from,
          to,
          ...(entityRef ? { entityRef } : {}),
        });
        const expected = (period: ReferencePeriod) =>
          reference.measure(
            within(entityRef),
            period,
            referenceSwitches(query),
          );
        expect(numbersOf(answer.metrics)).toEqual(
          await expected({ zone: query.timeZone, from, to }),
        );
        expect(numbersOf(answer.metrics, 'previous')).toEqual(
          await expected({ zone: query.timeZone, ...answer.previousPeriod }),
        );
      },
      150,
    );
  });

  it('answers the same for periods that cut days', async () => {
    const instant = fc
      .integer({
        min: Date.parse('2026-02-18T00:00:00Z'),
        max: Date.parse('2026-04-12T00:00:00Z'),
      })
      .map(at => new Date(at).toISOString());
    await property(
      fc.record({
        query: switches,
        period: fc
          .uniqueArray(instant, { minLength: 2, maxLength: 2 })
          .map(pair => [...pair].sort()),
        entityRef: fc.constantFrom(...Object.keys(scopes), refOf(3)),
      }),
      async ({ query, period: [from, to], entityRef }) => {
        const answer = await bench.metrics({
          ...query,
          from,
          to,
          ...(entityRef ? { entityRef } : {}),
        });
        expect(numbersOf(answer.metrics)).toEqual(
          await reference.measure(
            within(entityRef),
            { zone: query.timeZone, from, to },
            referenceSwitches(query),
          ),
        );
      },
      100,
    );
  });

  it('answers the same for every component', async () => {
    const query = {
      leadTimeClock: 'firstCommit',
      recoveryClock: 'deployment',
      failedAttempts: 'count',
      environment: 'production',
    } as const;
    const answer = await bench.metrics({
      ...query,
      from: '2026-01-01',
      to: '2026-07-01',
      groupBy: 'component',
    });
    const parts = new Map(
      answer.groups?.map(({ key, metrics }) => [key, numbersOf(metrics)]),
    );
    const silent = numbersOf(
      (await bench.metrics({ ...query, entityRef: 'group:default/nobody' }))
        .metrics,
    );
    for (const ref of refs) {
      // Nothing was ever told of a component with an empty history.
      expect(parts.get(ref) ?? silent).toEqual(
        await reference.measure(
          [ref],
          { zone: 'UTC', from: '2026-01-01', to: '2026-07-01' },
          referenceSwitches(query),
        ),
      );
    }
    expect(parts.size).toBeGreaterThan(components * 0.9);
  });

  it('divides by team as the facts do', async () => {
    await property(
      fc.record({ query: switches, dates }),
      async ({ query, dates: [from, to] }) => {
        const answer = await bench.metrics({
          ...query,
          from,
          to,
          groupBy: 'group',
        });
        for (const part of answer.groups ?? []) {
          const team = Number(part.key.slice(-1));
          expect(numbersOf(part.metrics)).toEqual(
            await reference.measure(
              refs.filter((_, index) => index % 4 === team),
              { zone: query.timeZone, from, to },
              referenceSwitches(query),
            ),
          );
        }
        expect(answer.groups).toHaveLength(4);
      },
      15,
    );
  });

  it.each(['day', 'week', 'month'] as const)(
    'divides by %s as the calendar of the time zone does',
    async groupBy => {
      await property(
        fc.record({ query: switches, dates }),
        async ({ query, dates: [from, to] }) => {
          const answer = await bench.metrics({ ...query, from, to, groupBy });
          const steps = await reference.steps(
            [from, to],
            groupBy,
            query.weekStart,
          );
          expect(answer.groups?.map(({ key }) => key)).toEqual(
            steps.map(({ key }) => key),
          );
          for (const [index, { key, until }] of steps.entries()) {
            expect(numbersOf(answer.groups![index].metrics)).toEqual(
              await reference.measure(
                refs,
                { zone: query.timeZone, from: key, to: until },
                referenceSwitches(query),
              ),
            );
          }
        },
        groupBy === 'day' ? 6 : 12,
      );
    },
  );

  it('counts the days of deployment as the calendar of the time zone does', async () => {
    await property(
      fc.record({ query: switches, dates }),
      async ({ query, dates: [from, to] }) => {
        const entityRef = refOf(7);
        const answer = await bench.metrics({ ...query, from, to, entityRef });
        expect(answer.metrics.deploymentFrequency.deploymentDays).toBe(
          await reference.deploymentDays(
            entityRef,
            { zone: query.timeZone, from, to },
            referenceSwitches(query).environment,
          ),
        );
      },
      40,
    );
  });
});
