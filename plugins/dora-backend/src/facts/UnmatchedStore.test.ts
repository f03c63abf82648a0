import type { Knex } from 'knex';
import { useDatabases } from '../__testUtils__/databases';
import { component } from '../__testUtils__/entities';
import { TestSource } from '../__testUtils__/portal';
import { Workbench } from '../__testUtils__/Workbench';
import { UnmatchedStore } from './UnmatchedStore';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const databases = useDatabases();
let knex: Knex;
let bench: Workbench;
const unmatched = (limit = 50, offset = 0) =>
  new UnmatchedStore(knex).list(limit, offset);

const entities = [
  component('order-service'),
  component('order-service-worker'),
  component('pay'),
  component('ab'),
];

/** Facts that a source tells of something, as many as are wanted. */
async function tell(service: object, times = 1): Promise<void> {
  const { rows } = await knex.raw('select count(*)::int as n from deliveries');
  await bench.inbox.add([
    {
      source: 'test',
      deliveryId: `d${rows[0].n}`,
      headers: {},
      body: Buffer.from(
        JSON.stringify({
          facts: Array.from({ length: times }, (_, index) => ({
            type: 'incident',
            id: `${rows[0].n}-${index}`,
            service,
            createdAt: '2026-03-02T10:00:00Z',
            observedAt: `2026-03-02T1${index}:00:00Z`,
          })),
        }),
      ),
    },
  ]);
  await bench.drain();
}

beforeAll(async () => {
  knex = await databases.init();
  bench = new Workbench(knex, [new TestSource()]);
  await bench.catalogIs(entities);
});
beforeEach(() => knex.raw('truncate services, deliveries cascade'));

it.each([
  // The name at the end of a repository's, and the component of that name.
  [
    { annotation: 'github.com/project-slug', value: 'Larkspur/Order-Service' },
    {
      key: 'github.com/project-slug:larkspur/order-service',
      suggestion:
        'Give component:default/order-service the annotation github.com/project-slug: larkspur/order-service',
      entityRef: 'component:default/order-service',
    },
  ],
  // The closest in length of those whose names hold each other.
  [
    { annotation: 'argocd/app-name', value: 'order-service-production' },
    {
      key: 'argocd/app-name:order-service-production',
      suggestion:
        'Give component:default/order-service the annotation argocd/app-name: order-service-production',
      entityRef: 'component:default/order-service',
    },
  ],
  [
    { entity: 'Payments' },
    {
      key: 'payments',
      suggestion: 'Send component:default/pay as the service',
      entityRef: 'component:default/pay',
    },
  ],
  // Two letters are in every other name.
  // One letter is another.
  [
    { entity: 'order-servise' },
    {
      key: 'order-servise',
      suggestion: 'Send component:default/order-service as the service',
      entityRef: 'component:default/order-service',
    },
  ],
  [
    { entity: 'lab' },
    {
      key: 'lab',
      suggestion:
        'No component has a name like it: register one, or send the name of one',
    },
  ],
  [
    { annotation: 'pagerduty.com/service-id', value: 'PF9KMXH' },
    {
      key: 'pagerduty.com/service-id:pf9kmxh',
      suggestion:
        'Give the component it is about the annotation pagerduty.com/service-id: pf9kmxh',
    },
  ],
])('suggests for %j what claims it', async (service, expected) => {
  await tell(service, 2);
  expect(await unmatched()).toEqual({
    items: [{ ...expected, facts: 2, lastAt: '2026-03-02T11:00:00.000Z' }],
    total: 1,
  });
});

it('lists the most wanted first, page by page', async () => {
  await tell({ entity: 'once' });
  await tell({ entity: 'thrice' }, 3);
  await tell({ entity: 'twice' }, 2);
  const keys = async (limit: number, offset: number) => {
    const { items, total } = await unmatched(limit, offset);
    expect(total).toBe(3);
    return items.map(({ key }) => key);
  };
  expect(await keys(2, 0)).toEqual(['thrice', 'twice']);
  expect(await keys(2, 2)).toEqual(['once']);
});

it('lists nothing any more once the catalog knows it', async () => {
  await tell({ entity: 'new-service' });
  expect((await unmatched()).total).toBe(1);
  await bench.catalogIs([...entities, component('new-service')]);
  expect(await unmatched()).toEqual({ items: [], total: 0 });
});

it('says how many there are also beyond the last page', async () => {
  await tell({ entity: 'once' });
  expect(await unmatched(50, 50)).toEqual({ items: [], total: 1 });
});
