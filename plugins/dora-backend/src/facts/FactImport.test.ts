import fc from 'fast-check';
import type { Knex } from 'knex';
import { emptied } from '@waymark/plugin-testing-node';
import { useDatabases } from '../__testUtils__/databases';
import { component } from '../__testUtils__/entities';
import { Workbench } from '../__testUtils__/Workbench';

jest.setTimeout(120_000);

const databases = useDatabases();
let knex: Knex;
beforeAll(async () => {
  knex = await databases.init();
});
beforeEach(() => emptied(knex));

const at = fc
  .integer({
    min: Date.UTC(1970, 0, 1),
    max: Date.UTC(2026, 10, 30),
  })
  .map(millis => new Date(millis).toISOString());
const perhaps = <T>(value: fc.Arbitrary<T>) =>
  fc.option(value, { nil: undefined });
const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .filter(text => /\S/.test(text) && !/[\0\p{Surrogate}]/u.test(text));
const sha = fc.stringMatching(/^[0-9a-f]{1,40}$/);
const common = {
  id: fc.oneof(fc.constantFrom('1', '2', 'NULL', 'ä', '😀'), words),
  service: fc.constantFrom('payments', 'shop'),
  title: perhaps(words),
  url: perhaps(fc.constant('https://example.com/a?b=%20')),
};
const fact = fc.oneof(
  fc.record({
    type: fc.constant('deployment'),
    ...common,
    environment: fc.constantFrom('production', 'staging'),
    status: fc.constantFrom('success', 'failure', 'cancelled'),
    finishedAt: at,
    sha: perhaps(sha),
    commits: perhaps(fc.array(sha, { maxLength: 3 })),
    ref: perhaps(words),
    author: perhaps(words),
    kind: perhaps(fc.constantFrom('rollback', 'hotfix')),
  }),
  fc.record({
    type: fc.constant('change'),
    ...common,
    number: perhaps(fc.nat()),
    openedAt: perhaps(at),
    mergedAt: fc.option(at, { nil: null }),
    mergeSha: perhaps(sha),
    commits: perhaps(
      fc.array(fc.record({ sha, authoredAt: at }), { maxLength: 3 }),
    ),
  }),
  fc.record({
    type: fc.constant('incident'),
    ...common,
    severity: perhaps(words),
    createdAt: at,
    resolvedAt: fc.constantFrom(undefined, null),
    causedBy: perhaps(fc.record({ deployment: words })),
    isChangeRelated: perhaps(fc.boolean()),
  }),
);

/** Everything that is stored of facts, but what the database numbers and when it was. */
async function stored(): Promise<unknown[]> {
  const tables = await Promise.all(
    ['deployments', 'changes', 'incidents'].map(table =>
      knex(`${table} as f`)
        .join('services as s', 's.id', 'f.service_id')
        .select('f.*', 's.key')
        .orderByRaw('s.key, external_id collate "C"'),
    ),
  );
  return tables.flat().map(row => ({
    ...row,
    id: undefined,
    service_id: undefined,
    environment_id: undefined,
    observed_at: undefined,
  }));
}

async function benchOfTwo(): Promise<Workbench> {
  await emptied(knex);
  const bench = new Workbench(knex);
  await bench.catalogIs([component('payments'), component('shop')]);
  return bench;
}

describe('an import', () => {
  it('stores new facts all at once just as it restates them one by one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fact, { maxLength: 40 }), async facts => {
        const oneByOne = await benchOfTwo();
        for (const one of facts) await oneByOne.import([one]);
        const expected = await stored();
        const atOnce = await benchOfTwo();
        expect(await atOnce.import(facts)).toMatchObject({
          accepted: facts.length,
          rejected: 0,
        });
        // What was said before is told apart by when it was said, which is one moment here.
        expect(await stored()).toEqual(
          expected.map(row => ({ ...(row as object), said: null })),
        );
      }),
      { numRuns: 40, seed: 20261129 },
    );
  });

  it('takes the last of what it says twice, in one batch and in several', async () => {
    const bench = await benchOfTwo();
    const change = (index: number, title: string) => ({
      type: 'change',
      id: `c${index}`,
      service: 'payments',
      mergedAt: '2026-03-02T10:00:00Z',
      title,
    });
    const first = Array.from({ length: 3500 }, (_, i) => change(i, 'first'));
    const last = Array.from({ length: 7000 }, (_, i) => change(i, 'last'));
    const report = await bench.import([...first, ...last, change(0, 'very')]);
    expect(report.accepted).toBe(10_501);
    expect(
      await knex('changes')
        .select('title')
        .count()
        .groupBy('title')
        .orderBy('title'),
    ).toEqual([
      { title: 'last', count: '6999' },
      { title: 'very', count: '1' },
    ]);
  });

  it('may come twice in the same moment, in whatever order', async () => {
    const bench = await benchOfTwo();
    const deployments = Array.from({ length: 4000 }, (_, index) => ({
      type: 'deployment',
      id: `d${index}`,
      service: index % 2 ? 'payments' : 'shop',
      environment: 'production',
      status: 'success',
      finishedAt: '2026-03-02T10:00:00Z',
    }));
    const reports = await Promise.all([
      bench.import(deployments),
      bench.import([...deployments].reverse()),
      bench.import(deployments),
    ]);
    expect(reports.map(({ accepted }) => accepted)).toEqual([4000, 4000, 4000]);
    expect(await knex('deployments').count()).toEqual([{ count: '4000' }]);
  });
});
