import type { Knex } from 'knex';
import { useDatabases } from '../__testUtils__/databases';
import { component } from '../__testUtils__/entities';
import { TestSource } from '../__testUtils__/portal';
import { Workbench } from '../__testUtils__/Workbench';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const databases = useDatabases();
const annotation = 'github.com/project-slug';
const shop = 'larkspur/Shop';
let knex: Knex;
let bench: Workbench;
let deliveries = 0;

const of = (name: string, folders?: string) =>
  component(name, {
    annotations: {
      [annotation]: shop,
      ...(folders && { 'waymark.io/repository-paths': folders }),
    },
  });

beforeAll(async () => {
  knex = await databases.init();
  bench = new Workbench(knex, [new TestSource()]);
  await bench.catalogIs([
    of('bff', './apps/bff/'),
    of('web', 'apps/web, libs/ui'),
    of('api', 'apps/bff/api'),
    component('alone', {
      annotations: {
        [annotation]: 'larkspur/alone',
        'waymark.io/repository-paths': 'src',
      },
    }),
  ]);
});

/** Delivers a push that touched some files, and says who was told and what became of it. */
async function push(paths?: string[], value = 'larkspur/shop') {
  deliveries += 1;
  const id = `push-${deliveries}`;
  const fact = {
    type: 'change',
    id,
    service: { annotation, value, ...(paths && { paths }) },
    mergedAt: '2026-03-02T10:00:00Z',
    observedAt: '2026-03-02T10:00:00Z',
  };
  const [{ id: delivery }] = await bench.inbox.add([
    {
      source: 'test',
      deliveryId: id,
      headers: {},
      body: Buffer.from(JSON.stringify({ facts: [fact] })),
    },
  ]);
  await bench.drain();
  const components = await knex('changes as c')
    .join('services as s', 's.id', 'c.service_id')
    .where({ external_id: id })
    .orderBy('s.entity_ref')
    .pluck('s.entity_ref');
  const { state, message } = await knex('deliveries')
    .where({ id: delivery })
    .first('state', 'message');
  return {
    state,
    message,
    told: components.map((ref: string | null) => ref?.split('/')[1]),
  };
}

it.each([
  [['apps/web/index.ts'], ['web']],
  [['libs/ui/button.css', 'README.md'], ['web']],
  [['apps/bff/main.ts'], ['bff']],
  // What lies in a folder within a folder is of both.
  [['apps/bff/api/orders.ts'], ['api', 'bff']],
  [
    ['apps/bff/x.ts', 'apps/web/y.ts'],
    ['bff', 'web'],
  ],
  // A name that begins alike is another folder.
  [['apps/web2/index.ts', 'apps/bff'], ['bff']],
])('a change of %j is of %j', async (paths, told) => {
  expect(await push(paths)).toMatchObject({ state: 'applied', told });
});

it('is of all where nobody says which files', async () => {
  expect((await push()).told).toEqual(['api', 'bff', 'web']);
  expect((await push([])).told).toEqual(['api', 'bff', 'web']);
});

it('is of none, and says so, where it touches nobody’s folder', async () => {
  expect(await push(['README.md', 'apps/other/a.ts'])).toEqual({
    state: 'ignored',
    message: 'It touches no folder that is a component’s own',
    told: [],
  });
});

it('is of the one component of a repository wherever it touches it', async () => {
  expect((await push(['docs/a.md'], 'larkspur/alone')).told).toEqual(['alone']);
});

it('is also of a component that has no folder of its own', async () => {
  await bench.catalogIs([of('bff', 'apps/bff'), of('everything')]);
  expect((await push(['apps/bff/a.ts'])).told).toEqual(['bff', 'everything']);
  expect((await push(['README.md'])).told).toEqual(['everything']);
});
