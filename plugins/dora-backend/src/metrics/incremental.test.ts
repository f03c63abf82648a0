import fc from 'fast-check';
import type { Knex } from 'knex';
import { emptied } from '@waymark/plugin-testing-node';
import { useDatabases } from '../__testUtils__/databases';
import { conclusionsIn, forgetConclusions } from '../__testUtils__/conclusions';
import { component, domain, group, system } from '../__testUtils__/entities';
import { TestSource } from '../__testUtils__/portal';
import { Workbench } from '../__testUtils__/Workbench';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(300_000);

const databases = useDatabases();
let knex: Knex;
beforeAll(async () => {
  knex = await databases.init();
});
const empty = () => emptied(knex);
beforeEach(empty);

const hour = 3_600_000;
const names = ['orders', 'payments', 'search'];
const sha = fc.constantFrom('a1', 'b2', 'c3');
const deploymentId = fc.nat(5).map(n => `d${n}`);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.option(arbitrary, { nil: undefined, freq: 3 });
/** Some days long ago, some hours around now, so that places of both count. */
const instant = fc.oneof(
  fc.nat(80).map(n => Date.parse('2026-02-26T00:00:00Z') + n * 3 * hour),
  fc.integer({ min: -4, max: 12 }).map(n => Date.now() + n * hour),
);
const iso = instant.map(at => new Date(at).toISOString());
const service = fc.constantFrom(...names);
const repository = 'github.com/project-slug';
/** They share a repository, each with a folder of its own. */
const inShop = (name: string) => ({
  annotations: {
    [repository]: 'larkspur/shop',
    'waymark.io/repository-paths': name,
  },
});

const fact = fc.oneof(
  fc.record({
    type: fc.constant('deployment'),
    id: deploymentId,
    service,
    environment: fc.constantFrom('production', 'production', 'staging'),
    status: fc.constantFrom('success', 'success', 'failure', 'cancelled'),
    finishedAt: iso,
    sha: maybe(sha),
    title: maybe(fc.constantFrom('hotfix', 'Release')),
    kind: maybe(fc.constant('rollback')),
  }),
  fc.record({
    type: fc.constant('change'),
    id: fc.nat(4).map(n => `c${n}`),
    service,
    title: maybe(fc.constantFrom('Add totals', 'Revert "Add totals"')),
    mergedAt: maybe(iso),
    openedAt: maybe(iso),
    mergeSha: maybe(sha),
  }),
  instant.chain(at =>
    fc.record({
      type: fc.constant('incident'),
      id: fc.nat(3).map(n => `i${n}`),
      service,
      createdAt: fc.constant(new Date(at).toISOString()),
      resolvedAt: fc.option(
        fc.nat(30).map(n => new Date(at + n * hour).toISOString()),
      ),
      causedBy: maybe(
        fc.oneof(
          deploymentId.map(deployment => ({ deployment })),
          sha.map(commit => ({ sha: commit })),
        ),
      ),
      isChangeRelated: maybe(fc.boolean()),
    }),
  ),
);

/** An incident that moves, or a change of a repository of several components. */
const told = fc.oneof(
  fc.record({
    type: fc.constant('incident'),
    id: fc.nat(2).map(n => `m${n}`),
    idIsUnique: fc.constant(true),
    service: service.map(entity => ({ entity })),
    createdAt: iso,
    observedAt: iso,
    resolvedAt: maybe(iso),
    causedBy: maybe(deploymentId.map(deployment => ({ deployment }))),
  }),
  fc.record({
    type: fc.constant('change'),
    id: fc.nat(2).map(n => `pr:${n}`),
    service: fc
      .constantFrom(undefined, ['orders/a.ts'], ['search/b.ts'], ['README.md'])
      .map(paths => ({
        annotation: repository,
        value: 'larkspur/shop',
        ...(paths && { paths }),
      })),
    openedAt: maybe(iso),
    mergedAt: maybe(iso),
    mergeSha: maybe(sha),
    observedAt: iso,
  }),
);

type Step =
  | { kind: 'tell'; facts: object[] }
  | { kind: 'import'; facts: object[] }
  | { kind: 'catalog'; places: { owner?: string; system?: string }[] }
  | { kind: 'mark'; deployment: number; failed?: boolean }
  | { kind: 'blame'; incident: number; cause?: number | null };

const place = fc.option(
  fc.record({
    owner: maybe(fc.constantFrom('ledger', 'storefront')),
    system: maybe(fc.constantFrom('shop', 'bank')),
  }),
  { nil: undefined, freq: 4 },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('tell' as const),
      facts: fc.array(told, { minLength: 1, maxLength: 5 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('import' as const),
      facts: fc.array(fact, { minLength: 1, maxLength: 8 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('catalog' as const),
      places: fc.tuple(place, place, place) as fc.Arbitrary<
        { owner?: string; system?: string }[]
      >,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('mark' as const),
      deployment: fc.nat(20),
      failed: maybe(fc.boolean()),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('blame' as const),
      incident: fc.nat(20),
      cause: maybe(fc.option(fc.nat(20))),
    }),
  },
);

const around = [
  group('ledger'),
  group('storefront'),
  domain('sales'),
  system('shop', 'sales'),
  system('bank'),
];

async function anyOf(
  table: string,
  index: number,
): Promise<string | undefined> {
  const ids = await knex(table)
    .join('services as s', 's.id', `${table}.service_id`)
    .whereNotNull('s.entity_ref')
    .orderBy(`${table}.id`)
    .pluck(`${table}.id`);
  return ids.length > 0 ? ids[index % ids.length] : undefined;
}

let deliveries = 0;
async function take(bench: Workbench, taken: Step): Promise<void> {
  const said = { reason: 'as we remember it', by: 'user:default/amara' };
  switch (taken.kind) {
    case 'import':
      await bench.import(taken.facts);
      break;
    case 'tell':
      deliveries += 1;
      await bench.inbox.add([
        {
          source: 'test',
          deliveryId: `d${deliveries}`,
          headers: {},
          body: Buffer.from(JSON.stringify({ facts: taken.facts })),
        },
      ]);
      break;
    case 'catalog':
      await bench.catalogIs([
        ...around,
        ...taken.places.flatMap((options, index) =>
          options
            ? [component(names[index], { ...options, ...inShop(names[index]) })]
            : [],
        ),
      ]);
      break;
    case 'mark': {
      const deployment = await anyOf('deployments', taken.deployment);
      if (!deployment) return;
      await bench.corrections.put({
        ...said,
        deployment,
        failed: taken.failed,
      });
      break;
    }
    default: {
      const incident = await anyOf('incidents', taken.incident);
      if (!incident) return;
      const cause =
        typeof taken.cause === 'number'
          ? await anyOf('deployments', taken.cause)
          : taken.cause;
      await bench.corrections.put({ ...said, incident, cause });
    }
  }
}

describe('conclusions', () => {
  it('are after any step what computing everything anew gives', async () => {
    await fc.assert(
      fc
        .asyncProperty(
          fc.array(step, { minLength: 2, maxLength: 6 }),
          fc.boolean(),
          async (steps, catalogFirst) => {
            const bench = new Workbench(knex, [new TestSource()]);
            if (catalogFirst) {
              await bench.catalogIs([
                ...around,
                ...names.map(name =>
                  component(name, { owner: 'ledger', ...inShop(name) }),
                ),
              ]);
            }
            for (const taken of steps) {
              await take(bench, taken);
              await bench.drain();
              const incremental = await conclusionsIn(knex);
              await forgetConclusions(knex);
              await bench.drain();
              expect(incremental).toEqual(await conclusionsIn(knex));
            }
          },
        )
        .beforeEach(empty),
      { numRuns: 20, seed: 20261122 },
    );
  });

  it('are written again where another component has taken some over', async () => {
    const bench = new Workbench(knex);
    await bench.catalogIs([...around, component('orders')]);
    await bench.import(
      ['2026-01-30', '2026-02-01', '2026-02-03'].map(date => ({
        type: 'deployment',
        id: date,
        service: 'orders',
        environment: 'production',
        status: 'success',
        finishedAt: `${date}T10:00:00Z`,
      })),
    );
    await bench.drain();
    const before = await conclusionsIn(knex);
    const [{ id }] = await knex('services').select('id');
    await knex('outcomes')
      .where('at', '>', '2026-02-02')
      .update({ service_id: id + 1 });
    await knex('stale_services').insert({ service_id: id });
    await bench.drain();
    expect(await conclusionsIn(knex)).toEqual(before);
  });

  it('change in the days that late facts touch, and nowhere else', async () => {
    const bench = new Workbench(knex);
    await bench.catalogIs([
      ...around,
      component('orders', { owner: 'ledger', system: 'shop' }),
      component('payments', { owner: 'ledger', system: 'shop' }),
    ]);
    const day = (date: string) => ({
      type: 'deployment',
      id: date,
      service: 'orders',
      environment: 'production',
      status: 'success',
      finishedAt: `${date}T10:00:00Z`,
    });
    const dates = ['2026-01-30', '2026-02-01', '2026-02-03', '2026-03-01'];
    await bench.import([
      ...dates.map(day),
      ...dates.map(date => ({ ...day(date), service: 'payments' })),
    ]);
    await bench.drain();
    const places = async () =>
      new Map<string, string>(
        (
          await knex.raw(`select ctid::text || xmin::text as at,
            concat_ws(' ', level, scope_id, grain, starts_on) as name from buckets`)
        ).rows.map((row: { name: string; at: string }) => [row.name, row.at]),
      );
    const before = await places();
    await bench.import([
      { ...day('2026-02-03'), id: 'late', status: 'failure' },
      // Says again what is known.
      day('2026-01-30'),
    ]);
    await bench.drain();
    const after = await places();
    const changed = [...after]
      .filter(([name, at]) => before.get(name) !== at)
      .map(([name]) => name.split(' ').slice(2).join(' '));
    expect([...new Set(changed)].sort()).toEqual([
      'd 2026-02-03',
      'm 2026-02-01',
    ]);
    // The component, its team, its system, its domain, and everything.
    expect(changed).toHaveLength(2 * 5);
    expect([...before.keys()].filter(name => !after.has(name))).toEqual([]);
  });
});
