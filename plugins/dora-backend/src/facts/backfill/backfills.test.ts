import type { Knex } from 'knex';
import { until } from '@waymark/plugin-testing-node';
import { useDatabases } from '../../__testUtils__/databases';
import { component, group, system } from '../../__testUtils__/entities';
import { annotation, FakeSystem } from '../../__testUtils__/FakeSystem';
import { startPortal } from '../../__testUtils__/portal';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const databases = useDatabases();
const fake = new FakeSystem();
const denied = new Set<string>();
const year = { source: 'fake', since: '2026-01-01' };
let knex: Knex;
let portal: Awaited<ReturnType<typeof startPortal>>;

const of = (value: string) => ({ [annotation]: value });

beforeAll(async () => {
  await fake.api.start();
  knex = await databases.init();
  portal = await startPortal({
    knex,
    source: fake,
    denied,
    groups: ['group:default/platform'],
    entities: [
      group('ledger'),
      group('payments', 'ledger'),
      system('bank'),
      component('vault', {
        owner: 'payments',
        system: 'bank',
        annotations: of('larkspur/vault'),
      }),
      component('teller', {
        owner: 'storefront',
        system: 'bank',
        annotations: of('larkspur/Teller'),
      }),
      component('shop', {
        owner: 'storefront',
        annotations: of('larkspur/shop'),
      }),
      component('bare', { owner: 'storefront' }),
    ],
  });
  await portal.settled();
});
afterAll(() => fake.api.stop());
beforeEach(() => fake.api.forget());
afterEach(() => denied.clear());

const ended = (id: string) =>
  until(
    async () => (await portal.get(`/backfills/${id}`)).body,
    ({ state }) => !['waiting', 'running'].includes(state),
  );

it.each([
  [undefined, ['larkspur/shop', 'larkspur/teller', 'larkspur/vault']],
  ['system:default/bank', ['larkspur/teller', 'larkspur/vault']],
  ['group:default/ledger', ['larkspur/vault']],
  ['component:default/shop', ['larkspur/shop']],
  ['shop', ['larkspur/shop']],
])('brings what is below %s', async (entityRef, projects) => {
  projects.forEach(project => fake.has(project, 1));
  const { status, body } = await portal.post('/backfills', {
    ...year,
    entityRef,
  });
  expect(status).toBe(202);
  expect(await ended(body.id)).toMatchObject({
    state: 'done',
    requestedBy: 'user:default/amara',
    since: '2026-01-01T00:00:00.000Z',
    projects: { total: projects.length, done: projects.length, failed: 0 },
  });
  expect(fake.asked).toEqual(projects.map(project => `${project} 1`));
  const { body: list } = await portal.get('/backfills?limit=1');
  expect(list.items[0].id).toBe(body.id);
});

it('puts what it brings into the numbers', async () => {
  fake.has('larkspur/vault', 3);
  const { body } = await portal.post('/backfills', {
    ...year,
    since: '2026-03-08',
    entityRef: 'vault',
  });
  await ended(body.id);
  await portal.settled();
  const { body: answer } = await portal.get(
    '/metrics?entityRef=component:default/vault&from=2026-03-01&to=2026-03-10',
  );
  // The third page is of 7 March, and nobody wants what was before the 8th.
  expect(answer.metrics.deploymentFrequency.n).toBe(6);
});

it('says of a source whether it can be asked', async () => {
  const { body } = await portal.get('/status');
  expect(body.sources).toMatchObject([{ id: 'fake', hasHistory: true }]);
});

it.each([
  [{ ...year, source: 'nobody' }, /source: "nobody" .* fake can/],
  [{ source: 'fake' }, /since/],
  [{ ...year, since: 'yesterday' }, /since/],
  [{ ...year, since: '2026-02-30' }, /since: 2026-02-30/],
  [{ ...year, since: '2999-01-01' }, /since: 2999-01-01 has not been/],
  [{ ...year, entityRef: 'nowhere' }, /entityRef: .* "nowhere"/],
  [{ ...year, entityRef: 'a:b:c:d' }, /entityRef/],
  [{ ...year, entityRef: 'bare' }, /entityRef: no component of component/],
  [{ ...year, more: 1 }, /more|additional/],
])('refuses %j', async (order, message) => {
  const { status, body } = await portal.post('/backfills', order);
  expect({ status, message: body.error.message }).toEqual({
    status: 400,
    message: expect.stringMatching(message),
  });
});

it('is not begun twice, is cancelled once, and is resumed when it has not ended well', async () => {
  let release = () => {};
  const after = new Promise<void>(resolve => {
    release = resolve;
  });
  fake.has('larkspur/shop', 2, { 1: [{ after }] });
  const order = { ...year, entityRef: 'shop' };
  const { body } = await portal.post('/backfills', order);
  expect((await portal.post('/backfills', order)).status).toBe(409);
  const resume = () => portal.post(`/backfills/${body.id}/resume`);
  const cancel = () => portal.post(`/backfills/${body.id}/cancel`);
  expect((await resume()).status).toBe(409);
  expect((await cancel()).body).toMatchObject({ state: 'cancelled' });
  expect((await cancel()).status).toBe(409);
  expect((await resume()).body).toMatchObject({ state: 'waiting' });
  release();
  expect(await ended(body.id)).toMatchObject({ state: 'done' });
  expect((await resume()).status).toBe(409);
});

it.each(['/backfills/999999/cancel', '/backfills/999999/resume'])(
  'finds nothing at %s',
  async path => expect((await portal.post(path)).status).toBe(404),
);

it('is begun by who may hand facts in', async () => {
  denied.add('dora.facts.create');
  expect((await portal.post('/backfills', year)).status).toBe(403);
});
