import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { useDatabases } from '../__testUtils__/databases';
import { InboxRetention } from './InboxRetention';
import { InboxStore, type DeliveryState } from './InboxStore';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const databases = useDatabases();
const states = [
  'waiting',
  'applied',
  'ignored',
  'unmatched',
  'failed',
] as const satisfies DeliveryState[];
let knex: Knex;
let inbox: InboxStore;

beforeAll(async () => {
  knex = await databases.init();
  inbox = new InboxStore(knex);
});

const retention = () =>
  new InboxRetention({
    inbox,
    keepMs: 90 * 86_400_000,
    logger: mockServices.logger.mock(),
  });

/** Takes one delivery in of each state, received some days ago. */
async function take(name: string, daysAgo: number): Promise<void> {
  const added = await inbox.add(
    states.map(state => ({
      source: 'test',
      deliveryId: `${name} ${state}`,
      headers: {},
      body: Buffer.from('{}'),
    })),
  );
  await inbox.settle(
    knex,
    states.map((state, index) => ({
      id: added[index].id,
      source: 'test',
      state,
    })),
  );
  await knex('deliveries')
    .where('delivery_id', 'like', `${name} %`)
    .update({
      received_at: knex.raw("now() - ? * interval '1 day'", [daysAgo]),
    });
}

it('removes what was understood when its time is up, and nothing else', async () => {
  await take('old', 91);
  await take('new', 89);
  const counters = await inbox.counters(knex);
  expect(await retention().run()).toBe(2);
  const left = await knex('deliveries').pluck('delivery_id');
  expect(left.sort()).toEqual(
    [
      'old waiting',
      'old unmatched',
      'old failed',
      ...states.map(state => `new ${state}`),
    ].sort(),
  );
  expect(await inbox.counters(knex)).toEqual(counters);
  expect(await retention().run()).toBe(0);
});

it('removes however many there are', async () => {
  await knex('deliveries').delete();
  await knex.raw(
    `insert into deliveries (source, delivery_id, headers, body, state, received_at)
      select 'many', id::text, '{}', '', 'applied', now() - interval '1 year'
      from generate_series(1, 12345) id`,
  );
  expect(await retention().run()).toBe(12_345);
  const stopped = AbortSignal.abort();
  expect(await retention().run(stopped)).toBe(0);
});
