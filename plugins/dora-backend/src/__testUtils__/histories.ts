import fc from 'fast-check';
import type {
  RawChange,
  RawDeployment,
  RawHistory,
  RawIncident,
} from './rawFacts';

const minute = 60_000;
const start = Date.parse('2026-02-20T00:00:00Z');

/** Instants that calendars and clocks disagree about, each with its neighbours. */
const borders = [
  '2026-03-01T00:00:00Z',
  '2026-04-01T00:00:00Z',
  // Where clocks go forward in Berlin, in New York and, at midnight, in Beirut.
  '2026-03-29T01:00:00Z',
  '2026-03-08T07:00:00Z',
  '2026-03-28T22:00:00Z',
  // A day in Kolkata and in Kathmandu begins.
  '2026-03-02T18:30:00Z',
  '2026-03-02T18:15:00Z',
]
  .map(text => Date.parse(text))
  .flatMap(at => [at - 1, at, at + 1]);

const instant = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.nat(60 * 24 * 2).map(n => start + n * 30 * minute),
  },
  { weight: 1, arbitrary: fc.constantFrom(...borders) },
  // Many facts of one afternoon.
  { weight: 2, arbitrary: fc.nat(8).map(n => start + (960 + n * 5) * minute) },
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq = 3) =>
  fc.option(arbitrary, { nil: null, freq });

const sha = fc.constantFrom('a1', 'b2', 'c3', 'd4', 'e5', 'f6');
const name = fc.constantFrom(
  'main',
  'hotfix/login',
  'Hot-fix: totals',
  'hotfixture',
  'Add totals',
  'Revert "Add totals"',
  'revert "Drop totals"',
  'Drop totals',
  'Reverting nothing',
);

const deployment: fc.Arbitrary<RawDeployment> = fc.record({
  id: fc.constant(0),
  externalId: fc.nat(40).map(n => `d${n}`),
  environment: fc.constantFrom(1, 1, 1, 2),
  status: fc.constantFrom(
    'success',
    'success',
    'success',
    'failure',
    'cancelled',
  ),
  at: instant,
  sha: maybe(sha),
  commits: maybe(fc.uniqueArray(sha, { maxLength: 2 }), 1),
  ref: maybe(name),
  title: maybe(name),
  kind: fc.constantFrom(null, null, null, null, 'rollback', 'hotfix'),
  saidFailed: fc.constant(null),
});

const change: fc.Arbitrary<RawChange> = fc.record({
  id: fc.constant(0),
  externalId: fc
    .tuple(fc.constantFrom('', 'commit:'), fc.nat(40))
    .map(([prefix, n]) => `${prefix}c${n}`),
  title: maybe(name),
  ref: maybe(name),
  firstCommitAt: maybe(instant),
  openedAt: maybe(instant),
  mergedAt: maybe(instant, 6),
  mergeSha: maybe(sha),
  commits: fc.uniqueArray(sha, { maxLength: 2 }),
});

const incident: fc.Arbitrary<RawIncident> = fc
  .record({
    id: fc.constant(0),
    createdAt: instant,
    lasted: maybe(fc.nat(200).map(n => n * 15 * minute)),
    cause: fc.oneof(
      { weight: 4, arbitrary: fc.constant({}) },
      {
        weight: 1,
        arbitrary: fc.nat(40).map(n => ({ causedByDeployment: `d${n}` })),
      },
      { weight: 1, arbitrary: sha.map(causedBySha => ({ causedBySha })) },
    ),
    changeRelated: fc.constantFrom(null, null, null, true, false),
  })
  .map(({ lasted, cause, ...rest }) => ({
    ...rest,
    resolvedAt: lasted === null ? null : rest.createdAt + lasted,
    causedByDeployment: null,
    causedBySha: null,
    ...cause,
  }));

const numbered = <T extends { id: number }>(facts: T[]): T[] =>
  facts.map((fact, index) => ({ ...fact, id: index + 1 }));

/**
 * Histories of one component: from nothing at all to a busy month, with few
 * commits and few instants, so that everything meets everything.
 */
export const histories: fc.Arbitrary<RawHistory> = fc
  .record({
    deployments: fc.uniqueArray(deployment, {
      selector: ({ externalId }) => externalId,
      maxLength: 16,
    }),
    changes: fc.uniqueArray(change, {
      selector: ({ externalId }) => externalId,
      maxLength: 12,
    }),
    incidents: fc.array(incident, { maxLength: 6 }),
  })
  .map(({ deployments, changes, incidents }) => ({
    deployments: numbered(deployments),
    changes: numbered(changes),
    incidents: numbered(incidents),
  }));
