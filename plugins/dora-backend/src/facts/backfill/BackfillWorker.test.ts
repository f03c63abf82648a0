import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { useDatabases } from '../../__testUtils__/databases';
import { component } from '../../__testUtils__/entities';
import { annotation, FakeSystem } from '../../__testUtils__/FakeSystem';
import { Workbench } from '../../__testUtils__/Workbench';
import { BackfillLeases } from '../../ingest/backfill/BackfillLeases';
import { BackfillStore } from '../../ingest/backfill/BackfillStore';
import { SourceRegistry } from '../../ingest/SourceRegistry';
import { Environments } from '../Environments';
import { FactStore } from '../FactStore';
import { Locator } from '../Locator';
import { ServiceDirectory } from '../ServiceDirectory';
import { BackfillWorker } from './BackfillWorker';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const databases = useDatabases();
const shop = 'larkspur/shop';
const bank = 'larkspur/bank';
let knex: Knex;
let store: BackfillStore;
let system: FakeSystem;

beforeAll(async () => {
  knex = await databases.init();
  store = new BackfillStore(knex);
  await new Workbench(knex).catalogIs(
    [shop, bank].map(value =>
      component(value.split('/')[1], { annotations: { [annotation]: value } }),
    ),
  );
});
beforeEach(async () => {
  await knex.raw('truncate backfills, deployments cascade');
  system = new FakeSystem();
  await system.api.start();
});
afterEach(() => system.api.stop());

/** One replica of the portal. */
function replica(): BackfillWorker {
  const sources = new SourceRegistry();
  sources.addSource(system);
  const directory = ServiceDirectory.create({ knex });
  return BackfillWorker.create({
    knex,
    leases: new BackfillLeases(knex),
    sources,
    locator: new Locator({
      directory,
      environments: Environments.create({ knex, aliases: {} }),
    }),
    store: new FactStore(),
    onStored: () => {},
    logger: mockServices.logger.mock(),
  });
}

async function order(...projects: string[]): Promise<string> {
  const { id } = await store.add({
    source: system.id,
    since: new Date('2026-01-01T00:00:00Z'),
    requestedBy: 'user:default/priya',
    projects,
  });
  return id;
}

const deployments = async () =>
  (
    await knex('deployments').orderBy('external_id').pluck('external_id')
  ).sort();

const deploymentsOf = (project: string, pages: number) =>
  Array.from({ length: pages }, (_, page) =>
    [1, 2, 3].map(number => `${project}-${page + 1}-${number}`),
  ).flat();

const dies = () =>
  knex('backfills').update({
    leased_until: knex.raw(`now() - interval '1 second'`),
  });

/** A promise that others settle. */
function held(): { promise: Promise<void>; release: () => void } {
  let release = () => {};
  const promise = new Promise<void>(resolve => {
    release = resolve;
  });
  return { promise, release };
}

async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await new Promise(setImmediate);
}

it('reads every page of every project, and the same again changes nothing', async () => {
  system.has(shop, 3);
  system.has(bank, 1);
  const id = await order(shop, bank);
  await replica().work();
  expect(await store.find(id)).toMatchObject({
    state: 'done',
    projects: { total: 2, done: 2, failed: 0, pages: 4, facts: 12 },
    finishedAt: expect.any(String),
  });
  expect(system.asked).toEqual([
    `${shop} 1`,
    `${shop} 2`,
    `${shop} 3`,
    `${bank} 1`,
  ]);
  const all = [...deploymentsOf(bank, 1), ...deploymentsOf(shop, 3)];
  expect(await deployments()).toEqual(all);

  await order(shop, bank);
  await replica().work();
  expect(await deployments()).toEqual(all);
});

it('says until when a rate limit makes it wait, and then goes on', async () => {
  const reset = '1773104400';
  system.has(shop, 3, {
    2: [
      {
        status: 403,
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset },
      },
    ],
  });
  // An hour by the fake's clock; the database compares with its own.
  system.now = Number(reset) * 1000 - 3_600_000;
  const { promise, release } = held();
  system.sleep = () => promise;
  const id = await order(shop);
  const work = replica().work();
  await until(async () =>
    Boolean((await knex('backfills').first('waits_until')).waits_until),
  );
  expect((await knex('backfills').first('waits_until')).waits_until).toEqual(
    new Date(Number(reset) * 1000),
  );
  await knex('backfills').update({
    waits_until: knex.raw(`now() + interval '1 hour'`),
  });
  expect(await store.find(id)).toMatchObject({
    state: 'running',
    waitsUntil: expect.any(String),
    current: { project: shop, cursor: 'deployments/2' },
    projects: { done: 0, pages: 1, facts: 3 },
  });
  release();
  await work;
  const done = await store.find(id);
  expect(done).toMatchObject({ state: 'done', projects: { pages: 3 } });
  expect(done).not.toHaveProperty('waitsUntil');
  expect(await deployments()).toEqual(deploymentsOf(shop, 3));
});

it('asks again after a bad gateway', async () => {
  system.has(shop, 2, { 1: [{ status: 502 }, { status: 502 }] });
  const id = await order(shop);
  await replica().work();
  expect(await store.find(id)).toMatchObject({ state: 'done' });
  expect(await deployments()).toEqual(deploymentsOf(shop, 2));
});

it('waits for a system that is away, and goes on where it ended', async () => {
  system.has(shop, 3, { 2: Array(6).fill({ status: 503 }) });
  const id = await order(shop);
  await replica().work();
  expect(await store.find(id)).toMatchObject({
    state: 'waiting',
    waitsUntil: expect.any(String),
    message: expect.stringContaining('did not answer'),
    projects: { pages: 1 },
  });
  await replica().work();
  expect(system.asked).toHaveLength(7);

  await knex('backfills').update({ due_at: knex.fn.now() });
  await replica().work();
  expect(system.asked.slice(7)).toEqual([`${shop} 2`, `${shop} 3`]);
  expect(await store.find(id)).toMatchObject({ state: 'done' });
  expect(await deployments()).toEqual(deploymentsOf(shop, 3));
});

it('gives up a project that nobody lets it read, and reads it when that is mended', async () => {
  system.has(bank, 1);
  const id = await order(shop, bank);
  await replica().work();
  expect(await store.find(id)).toMatchObject({
    state: 'failed',
    message: expect.stringContaining('1 of 2 projects'),
    projects: { done: 1, failed: 1 },
    problems: [
      { project: shop, message: expect.stringContaining('has nothing at') },
    ],
  });
  expect(await deployments()).toEqual(deploymentsOf(bank, 1));

  system.has(shop, 1);
  system.api.asked.length = 0;
  expect(await store.resume(id)).toBe(true);
  await replica().work();
  expect(system.asked).toEqual([`${shop} 1`]);
  const done = await store.find(id);
  expect(done).toMatchObject({ state: 'done', projects: { done: 2 } });
  expect(done).not.toHaveProperty('problems');
});

it('is taken over from a dead replica without loss, and what was dead writes no more', async () => {
  const { promise, release } = held();
  system.has(shop, 4, {
    3: [
      {
        after: promise,
        body: [
          {
            touchedAt: '2026-03-09T00:00:00Z',
            facts: [
              {
                type: 'deployment',
                id: 'ghost',
                service: { annotation, value: shop },
                environment: 'production',
                status: 'success',
                finishedAt: '2026-03-09T00:00:00Z',
                observedAt: '2026-03-09T00:00:00Z',
              },
            ],
          },
        ],
      },
    ],
  });
  const id = await order(shop);
  const first = replica().work();
  await until(() => system.asked.length === 3);
  await dies();
  await replica().work();
  expect(system.asked.slice(3)).toEqual([`${shop} 3`, `${shop} 4`]);
  expect(await store.find(id)).toMatchObject({
    state: 'done',
    projects: { pages: 4, facts: 12 },
  });

  release();
  await first;
  expect(await deployments()).toEqual(deploymentsOf(shop, 4));
  expect(await store.find(id)).toMatchObject({
    state: 'done',
    projects: { pages: 4, facts: 12 },
  });
});

it('is worked on by one of several replicas', async () => {
  system.has(shop, 3);
  system.has(bank, 3);
  await order(shop);
  await order(bank);
  await Promise.all([replica().work(), replica().work(), replica().work()]);
  await replica().work();
  expect([...system.asked].sort()).toEqual([...new Set(system.asked)].sort());
  expect(await deployments()).toHaveLength(18);
});

it('is handed over at once by a replica that stops', async () => {
  const { promise, release } = held();
  system.has(shop, 3, { 2: [{ after: promise }] });
  const id = await order(shop);
  const stopping = replica();
  const work = stopping.work();
  await until(() => system.asked.length === 2);
  await stopping.stop();
  await work;
  expect(await store.find(id)).toMatchObject({ state: 'waiting' });
  await replica().work();
  expect(await store.find(id)).toMatchObject({ state: 'done' });
  expect(await deployments()).toEqual(deploymentsOf(shop, 3));
  release();
});

it('stores nothing after it was cancelled, and can be taken up again', async () => {
  const { promise, release } = held();
  system.has(shop, 3);
  system.api.at(`/${shop}?per_page=100&page=2`, {
    after: promise,
    status: 502,
  });
  const id = await order(shop);
  const work = replica().work();
  await until(() => system.asked.length === 2);
  expect(await store.cancel(id)).toBe(true);
  system.has(shop, 3);
  release();
  await work;
  expect(await store.find(id)).toMatchObject({
    state: 'cancelled',
    projects: { pages: 1 },
  });
  expect(await deployments()).toEqual(deploymentsOf(shop, 1));

  await store.resume(id);
  await replica().work();
  expect(await deployments()).toEqual(deploymentsOf(shop, 3));
});

it('does not try the same page for ever', async () => {
  system.has(bank, 1);
  const id = await order(shop, bank);
  await knex('backfills').update({ attempts: 10 });
  await replica().work();
  expect(await store.find(id)).toMatchObject({
    state: 'failed',
    projects: { done: 1, failed: 1 },
    problems: [
      {
        project: shop,
        message: expect.stringContaining('no further than its beginning'),
      },
    ],
  });
});
