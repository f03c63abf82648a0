import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { emptied } from '@waymark/plugin-testing-node';
import { useDatabases } from '../../__testUtils__/databases';
import { TestSource } from '../../__testUtils__/portal';
import type { EventSubscription } from '../../config';
import { Inbox } from '../Inbox';
import { InboxStore } from '../InboxStore';
import { SourceRegistry } from '../SourceRegistry';
import { EventReceiver } from './EventReceiver';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const databases = useDatabases();
let knex: Knex;
beforeAll(async () => {
  knex = await databases.init();
});
beforeEach(() => emptied(knex, { only: ['deliveries', 'delivery_counters'] }));

/** A source whose topics are `test.said` and `test.done`, and one that has none. */
function receive(options: {
  subscriptions: EventSubscription[];
  unverified?: string[];
  sleep?: () => Promise<void>;
}) {
  const source = Object.assign(new TestSource(), {
    events: {
      topics: ['test.said', 'test.done'],
      headersOf: (topic: string) => ({ 'x-about': topic }),
    },
  });
  const sources = new SourceRegistry();
  sources.addSource(source);
  sources.addSource(
    Object.assign(new TestSource(), { id: 'bare', title: 'Bare' }),
  );
  const events = mockServices.events();
  const inbox = Inbox.create({
    store: new InboxStore(knex),
    onStored: () => {},
  });
  const receiver = EventReceiver.create({
    events,
    inbox,
    sources,
    unverified: [],
    logger: mockServices.logger.mock(),
    ...options,
  });
  return { source, events, inbox, receiver };
}

const stored = () =>
  knex('deliveries').select('source', 'delivery_id', 'headers', 'body');

it('has stored what was published when it answers', async () => {
  const { events, receiver } = receive({ subscriptions: [{ source: 'test' }] });
  await receiver.subscribe();
  await events.publish({
    topic: 'test.said',
    eventPayload: { facts: [] },
    metadata: {
      'X-Delivery': 'd-1',
      'x-hub-signature-256': 'sha256=abc',
      'x-several': ['one', 'two'],
    },
  });
  await events.publish({ topic: 'test.other', eventPayload: {} });
  expect(await stored()).toEqual([
    {
      source: 'test',
      delivery_id: 'd-1',
      headers: {
        'x-delivery': 'd-1',
        'x-about': 'test.said',
        'x-several': 'one, two',
      },
      body: Buffer.from('{"facts":[]}'),
    },
  ]);
});

it('takes a delivery once, whichever doors it comes by', async () => {
  const { source, events, inbox, receiver } = receive({
    subscriptions: [{ source: 'test' }],
  });
  await receiver.subscribe();
  const body = { facts: [] };
  await inbox.receive(source, {
    headers: { 'x-secret': 'right', 'x-delivery': 'd-1' },
    body: Buffer.from(JSON.stringify(body)),
  });
  await events.publish({
    topic: 'test.said',
    eventPayload: body,
    metadata: { 'x-delivery': 'd-1' },
  });
  expect(await stored()).toHaveLength(1);
  expect(await knex('delivery_counters').first()).toMatchObject({
    received: '2',
    duplicate: '1',
  });
});

it('knows what another process carried without its headers', async () => {
  const { events, receiver } = receive({ subscriptions: [{ source: 'test' }] });
  await receiver.subscribe();
  for (let times = 0; times < 2; times += 1) {
    await events.publish({ topic: 'test.done', eventPayload: { a: 1 } });
  }
  expect(await stored()).toMatchObject([
    {
      delivery_id: expect.stringMatching(/^sha256:/),
      headers: { 'x-about': 'test.done' },
    },
  ]);
});

it('takes the topics that are named', async () => {
  const { events, receiver } = receive({
    subscriptions: [{ source: 'bare', topics: ['queue.deliveries'] }],
  });
  await receiver.subscribe();
  await events.publish({ topic: 'queue.deliveries', eventPayload: null });
  await events.publish({ topic: 'test.said', eventPayload: null });
  expect(await stored()).toMatchObject([
    { source: 'bare', body: Buffer.from('null') },
  ]);
});

it('answers only when the database has it', async () => {
  const waits: number[] = [];
  const { events, receiver } = receive({
    subscriptions: [{ source: 'test' }],
    sleep: async () => {
      waits.push((await stored()).length);
      if (waits.length === 2) {
        await knex.raw('alter table away rename to delivery_counters');
      }
    },
  });
  await receiver.subscribe();
  await knex.raw('alter table delivery_counters rename to away');
  await events.publish({ topic: 'test.said', eventPayload: {} });
  expect(waits).toEqual([0, 0]);
  expect(await stored()).toHaveLength(1);
});

it.each([
  [[{ source: 'nobody' }], [], /dora\.events\[0\]\.source is nobody/],
  [[{ source: 'test' }, { source: 'bare' }], [], /dora\.events\[1\]\.topics/],
  [[{ source: 'test' }], ['test'], /events\.http\.topics opens/],
  [[{ source: 'bare', topics: ['open'] }], ['open'], /the topic open/],
])('refuses %j beside %j', async (subscriptions, unverified, message) => {
  const { receiver } = receive({ subscriptions, unverified });
  await expect(receiver.subscribe()).rejects.toThrow(message);
});
