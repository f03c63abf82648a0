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
import {
  dateIn,
  datesBetween,
  weekOf,
} from '../__testUtils__/reference/calendar';
import { conclude, type Reference } from '../__testUtils__/reference/conclude';
import type { RawHistory } from '../__testUtils__/reference/facts';
import {
  measureReference,
  type ReferenceSwitches,
} from '../__testUtils__/reference/measure';
import { readFacts } from '../__testUtils__/reference/readFacts';
import { Workbench } from '../__testUtils__/Workbench';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(120_000);

const databases = useDatabases();

let bench: Workbench;
let references: Reference[];
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
  const raw = await readFacts(bench.knex);
  references = Array.from({ length: components }, (_, index) =>
    conclude(
      raw.get(refOf(index)) ?? { deployments: [], changes: [], incidents: [] },
      {
        production: environmentIds.production,
        baselineMs: 7 * 86_400_000,
        incidentWindowMs: 24 * 3_600_000,
      },
    ),
  );
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

const within = ({ from, to }: { from: string; to: string }) => ({
  isIn: (instant: number) =>
    instant >= Date.parse(from) && instant < Date.parse(to),
  ended: Date.parse(to),
});

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

describe('DefaultMetricsService, beside a calculation over the raw facts', () => {
  it('has the facts as they were told', async () => {
    expect(report).toMatchObject({ rejected: 0, unmatched: 0 });
    const raw = await readFacts(bench.knex);
    const shown = (history: RawHistory | undefined) => ({
      deployments: (history?.deployments ?? [])
        .map(({ at, sha, commits, status }) => ({ at, sha, commits, status }))
        .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
      incidents: (history?.incidents ?? [])
        .map(({ createdAt, resolvedAt }) => ({ createdAt, resolvedAt }))
        .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
      changes: history?.changes.length ?? 0,
    });
    for (let index = 0; index < components; index += 1) {
      expect(shown(raw.get(refOf(index)))).toEqual(shown(told[index]));
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
        const inScope =
          scopes[entityRef] ?? ((index: number) => refOf(index) === entityRef);
        const chosen = references.filter((_, index) => inScope(index));
        const dateOf = dateIn(query.timeZone);
        expect(numbersOf(answer.metrics)).toEqual(
          measureReference(
            chosen,
            {
              isIn: instant => dateOf(instant) >= from && dateOf(instant) < to,
              ended: Date.parse(answer.period.to),
              days: datesBetween(from, to).length,
            },
            referenceSwitches(query),
          ),
        );
        expect(numbersOf(answer.metrics, 'previous')).toEqual(
          measureReference(
            chosen,
            {
              ...within(answer.previousPeriod),
              days: answer.previousPeriod.days,
            },
            referenceSwitches(query),
          ),
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
        const inScope =
          scopes[entityRef] ?? ((index: number) => refOf(index) === entityRef);
        expect(numbersOf(answer.metrics)).toEqual(
          measureReference(
            references.filter((_, index) => inScope(index)),
            { ...within({ from, to }), days: answer.period.days },
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
    for (const [index, reference] of references.entries()) {
      // Nothing was ever told of a component with an empty history.
      expect(parts.get(refOf(index)) ?? silent).toEqual(
        measureReference(
          [reference],
          { ...within({ from: '2026-01-01', to: '2026-07-01' }), days: 181 },
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
        const dateOf = dateIn(query.timeZone);
        for (const part of answer.groups ?? []) {
          const team = Number(part.key.slice(-1));
          expect(numbersOf(part.metrics)).toEqual(
            measureReference(
              references.filter((_, index) => index % 4 === team),
              {
                isIn: instant =>
                  dateOf(instant) >= from && dateOf(instant) < to,
                ended: Date.parse(answer.period.to),
                days: datesBetween(from, to).length,
              },
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
          const dateOf = dateIn(query.timeZone);
          const stepOf = (day: string) => {
            const first = {
              day,
              week: weekOf(day, query.weekStart),
              month: `${day.slice(0, 8)}01`,
            }[groupBy];
            return first < from ? from : first;
          };
          const days = datesBetween(from, to);
          expect(answer.groups?.map(({ key }) => key)).toEqual([
            ...new Set(days.map(stepOf)),
          ]);
          for (const step of answer.groups ?? []) {
            expect(numbersOf(step.metrics)).toEqual(
              measureReference(
                references,
                {
                  isIn: instant => {
                    const day = dateOf(instant);
                    return day >= from && day < to && stepOf(day) === step.key;
                  },
                  ended: Date.parse(step.period!.to),
                  days: days.filter(day => stepOf(day) === step.key).length,
                },
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
        const dateOf = dateIn(query.timeZone);
        const days = new Set(
          references[7].conclusions
            .filter(
              ({ succeeded, environment }) =>
                succeeded &&
                environment === referenceSwitches(query).environment,
            )
            .map(({ at }) => dateOf(at))
            .filter(day => day >= from && day < to),
        );
        expect(answer.metrics.deploymentFrequency.deploymentDays).toBe(
          days.size,
        );
      },
      40,
    );
  });
});
