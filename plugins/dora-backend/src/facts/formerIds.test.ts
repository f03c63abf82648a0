import type { Knex } from 'knex';
import { useDatabases } from '../__testUtils__/databases';
import { component } from '../__testUtils__/entities';
import { TestSource } from '../__testUtils__/portal';
import { Workbench } from '../__testUtils__/Workbench';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const databases = useDatabases();
let knex: Knex;
let bench: Workbench;
let deliveries = 0;

beforeAll(async () => {
  knex = await databases.init();
  bench = new Workbench(knex, [new TestSource(), new TestSource('other')]);
  await bench.catalogIs([component('orders'), component('payments')]);
});
beforeEach(() => knex.raw('truncate incidents, corrections cascade'));

async function tell(fact: object, source = 'test'): Promise<void> {
  deliveries += 1;
  await bench.inbox.add([
    {
      source,
      deliveryId: `d${deliveries}`,
      headers: {},
      body: Buffer.from(
        JSON.stringify({
          facts: [
            {
              type: 'incident',
              service: { entity: 'orders' },
              createdAt: '2026-03-02T10:00:00Z',
              observedAt: `2026-03-02T10:00:${deliveries % 60}Z`,
              idIsUnique: true,
              ...fact,
            },
          ],
        }),
      ),
    },
  ]);
  await bench.drain();
}

const known = () =>
  knex('incidents as i')
    .join('services as s', 's.id', 'i.service_id')
    .orderBy('i.id')
    .select('i.id', 'i.external_id', 's.key', 'i.title');

it('an incident goes on under its new id, and where it is moved', async () => {
  await tell({ id: 'OPS-12', title: 'Down' });
  const [{ id }] = await known();
  await tell({ id: '99291', formerId: 'OPS-12' });
  await tell({
    id: '99291',
    formerId: 'SHOP-4',
    service: { entity: 'payments' },
  });
  expect(await known()).toEqual([
    {
      id,
      external_id: '99291',
      key: 'component:default/payments',
      title: 'Down',
    },
  ]);
});

it('what another source calls the same stays what it is', async () => {
  await tell({ id: 'OPS-12', title: 'Of another' }, 'other');
  await tell({ id: '99291', formerId: 'OPS-12', title: 'Down' });
  expect(await known()).toMatchObject([
    { external_id: 'OPS-12', title: 'Of another' },
    { external_id: '99291', title: 'Down' },
  ]);
});

it('what is known by both ids is not made one', async () => {
  await tell({ id: '99291', title: 'Down' });
  await tell({ id: 'OPS-12', title: 'Otherwise' });
  await tell({ id: '99291', formerId: 'OPS-12' });
  expect(await known()).toMatchObject([
    { external_id: '99291', title: 'Down' },
    { external_id: 'OPS-12', title: 'Otherwise' },
  ]);
});
