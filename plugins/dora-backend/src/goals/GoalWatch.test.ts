import { mockCredentials } from '@backstage/backend-test-utils';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { Knex } from 'knex';
import { useDatabases } from '../__testUtils__/databases';
import { component, group } from '../__testUtils__/entities';
import { deployment } from '../__testUtils__/example';
import { Workbench } from '../__testUtils__/Workbench';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const databases = useDatabases();
const caller = { credentials: mockCredentials.user() };
let knex: Knex;
let bench: Workbench;
let sent: NotificationSendOptions[];
const notifications = {
  send: async (notification: NotificationSendOptions) => {
    sent.push(notification);
  },
};

const hour = 3_600_000;
/** Ten deployments of the last hours; of each it is said anew how it ended. */
const deployments = (failures: number) =>
  Array.from({ length: 10 }, (_, index) =>
    deployment(`d${index}`, {
      finishedAt: new Date(Date.now() - (index + 2) * hour).toISOString(),
      status: index < failures ? 'failure' : 'success',
    }),
  );
const told = () =>
  sent.map(({ payload }) => [payload.title, payload.scope?.at(-1)]);

async function deliver(failures: number): Promise<void> {
  await bench.import(deployments(failures));
  await bench.drain();
}

beforeEach(async () => {
  knex = await databases.init();
  bench = new Workbench(knex);
  sent = [];
  await bench.catalogIs([
    group('ledger'),
    component('payments', { owner: 'ledger' }),
  ]);
  await deliver(5);
  await bench.goalsService().set(
    {
      entityRef: 'group:default/ledger',
      metric: 'changeFailRate',
      target: 0.2,
    },
    caller,
  );
  await bench.goalWatch(notifications).look();
});

it('tells the group once of each crossing, both ways', async () => {
  const watch = bench.goalWatch(notifications);
  // Where a new goal stands is no crossing.
  expect(sent).toEqual([]);
  await deliver(2);
  await watch.look();
  await watch.look();
  expect(sent).toMatchObject([
    {
      recipients: { type: 'entity', entityRef: 'group:default/ledger' },
      payload: {
        title: 'ledger reached its goal for change fail rate',
        description:
          'It is 20 % over the last four weeks. The goal: Change fail rate within 20 %.',
        link: '/dora/metrics?entityRef=group%3Adefault%2Fledger',
      },
    },
  ]);
  await deliver(3);
  await watch.look();
  await watch.look();
  await deliver(1);
  await watch.look();
  expect(told()).toEqual([
    ['ledger reached its goal for change fail rate', '1'],
    ['ledger is no longer at its goal for change fail rate', '2'],
    ['ledger reached its goal for change fail rate', '3'],
  ]);
});

it('concludes nothing while deliveries are being computed', async () => {
  await bench.import(deployments(0));
  await bench.goalWatch(notifications).look();
  expect(sent).toEqual([]);
  await bench.drain();
  await bench.goalWatch(notifications).look();
  expect(sent).toHaveLength(1);
});

describe('while a component of another group cannot be computed', () => {
  const ofBasket = (failures: number) =>
    deployments(failures).map(each => ({ ...each, service: 'basket' }));
  const basket = () =>
    knex('services').where({ key: 'component:default/basket' }).first('id');

  beforeEach(async () => {
    await bench.catalogIs([
      group('ledger'),
      component('payments', { owner: 'ledger' }),
      group('checkout'),
      component('basket', { owner: 'checkout' }),
    ]);
    await bench.import(ofBasket(5));
    await bench.drain();
    await bench.goalsService().set(
      {
        entityRef: 'group:default/checkout',
        metric: 'changeFailRate',
        target: 0.2,
      },
      caller,
    );
    await bench.goalWatch(notifications).look();
    await bench.import(ofBasket(0));
    await deliver(1);
    // It is tried again later, and later, and later.
    await knex('stale_services').insert({
      service_id: (await basket()).id,
      not_before: new Date(Date.now() + hour),
    });
  });

  it('is told of the others', async () => {
    await bench.goalWatch(notifications).look();
    expect(sent.map(({ recipients }) => recipients)).toEqual([
      { type: 'entity', entityRef: 'group:default/ledger' },
    ]);
    await knex('stale_services').delete();
    await bench.goalWatch(notifications).look();
    expect(sent.map(({ recipients }) => recipients)).toEqual([
      { type: 'entity', entityRef: 'group:default/ledger' },
      { type: 'entity', entityRef: 'group:default/checkout' },
    ]);
  });

  it('is told of the others when a delivery cannot be stored either', async () => {
    await bench.inbox.add([
      { source: 'test', deliveryId: '1', headers: {}, body: Buffer.from('1') },
    ]);
    await bench.goalWatch(notifications).look();
    expect(sent).toEqual([]);
    await knex('deliveries').update({ due_at: new Date(Date.now() + hour) });
    await bench.goalWatch(notifications).look();
    expect(sent).toHaveLength(1);
  });
});

it('tells nothing of a goal that was moved over the metric, or ended', async () => {
  const { items } = await bench.goalsService().list({});
  await bench.goalsService().change(items[0].id, { target: 0.6 }, caller);
  await bench.goalWatch(notifications).look();
  await bench.goalWatch(notifications).look();
  expect(sent).toEqual([]);
  await bench.goalsService().end(items[0].id, caller);
  await deliver(9);
  await bench.goalWatch(notifications).look();
  expect(sent).toEqual([]);
});

it('tells once when two replicas look at the same time', async () => {
  await deliver(1);
  const other = new Workbench(knex);
  await Promise.all([
    bench.goalWatch(notifications).look(),
    other.goalWatch(notifications).look(),
    bench.goalWatch(notifications).look(),
    other.goalWatch(notifications).look(),
  ]);
  expect(sent).toHaveLength(1);
});

it('tells later what could not be told, as the same notification', async () => {
  await deliver(1);
  const scopes: (string | undefined)[] = [];
  const failing = {
    send: async ({ payload }: NotificationSendOptions) => {
      scopes.push(payload.scope);
      throw new Error('Nobody there');
    },
  };
  await bench.goalWatch(failing).look();
  expect(sent).toEqual([]);
  await bench.goalWatch(notifications).look();
  expect(sent.map(({ payload }) => payload.scope)).toEqual(scopes);
});

it('is not shaken by a group that left the catalog', async () => {
  await bench.catalogIs([]);
  await bench.goalWatch(notifications).look();
  expect(sent).toEqual([]);
  expect((await bench.goalsService().list({})).items).toMatchObject([
    { title: 'group:default/ledger', progress: { status: 'none' } },
  ]);
});
