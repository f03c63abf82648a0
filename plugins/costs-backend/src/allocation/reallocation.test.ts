import { mockServices } from '@backstage/backend-test-utils';
import type { Rule } from '@waymark/plugin-costs-common';
import { randomUUID } from 'node:crypto';
import { bill } from '../__testUtils__/bill';
import { catalogSays } from '../__testUtils__/catalog';
import { entity } from '../__testUtils__/entities';
import { startPortal } from '../__testUtils__/portal';
import { usd, usePortal } from '../__testUtils__/usePortal';
import { Allocator } from './Allocator';
import { Reallocator } from './Reallocator';
import { ReallocationStore } from './ReallocationStore';
import { RuleStore } from './RuleStore';

const entities = [entity('Group', 'b'), entity('Group', 'c')];
const test = usePortal(entities);

const everything = (ref: string): Rule[] => [
  { id: 'all', title: 'All is theirs', by: 'entity', entityRef: ref },
];
const year = { from: '2026-01-01', to: '2027-01-01' };
const month = (number: number) => ({
  BillingPeriodStart: `2026-0${number}-01`,
  BillingPeriodEnd: `2026-0${number + 1}-01`,
  ChargePeriodStart: `2026-0${number}-02`,
  ChargePeriodEnd: `2026-0${number}-03`,
});

/** An allocator to which something happens before each bill. */
class Disturbed extends Allocator {
  readonly #disturb: (bill: string) => Promise<void>;

  constructor(disturb: (bill: string) => Promise<void>) {
    super();
    this.#disturb = disturb;
  }

  async write(...given: Parameters<Allocator['write']>): Promise<void> {
    await this.#disturb(given[2][0]);
    await super.write(...given);
  }
}

/** Works on what waits, as a backend does. */
const work = (
  disturb: (bill: string) => Promise<void> = async () => {},
  signal = new AbortController().signal,
) =>
  new Reallocator({
    knex: test.knex,
    reallocations: new ReallocationStore(test.knex),
    rules: new RuleStore(),
    allocator: new Disturbed(disturb),
    logger: mockServices.logger.mock(),
  }).work(signal);

/** Asks for other rules without a backend that hears of it. */
async function ask(rules: Rule[]): Promise<string> {
  const id = randomUUID();
  await test.knex.transaction(tx =>
    new ReallocationStore(test.knex).add(tx, {
      ...year,
      id,
      rules,
      measure: 'BilledCost',
      reason: null,
      createdBy: 'user:default/amara',
    }),
  );
  return id;
}

const bearers = async () =>
  (await test.portal.totals({ groupBy: 'entity' })).items.map(
    ({ key, amount }) => `${key} ${amount}`,
  );
const stateOf = async (id: string) =>
  (await test.portal.get(`/reallocations/${id}`).expect(200)).body;

beforeEach(async () => {
  await catalogSays(test.knex, entities);
  for (const number of [3, 4, 5]) {
    await test.portal.import(bill([month(number)]));
  }
});

it('old rules and old numbers count until all is allocated, and nobody else changes rules meanwhile', async () => {
  const id = await ask(everything('group:default/b'));
  const seen: object[] = [];
  await work(async () => {
    const { body: rules } = await test.portal.get('/rules').expect(200);
    const { state, bills, allocated } = await stateOf(id);
    seen.push({
      rules: rules.id,
      bearers: await bearers(),
      state,
      bills,
      allocated,
    });
    const { body } = await test.portal
      .put('/rules', { rules: [], ...year })
      .expect(409);
    expect(body.error.message).toMatch(id);
  });
  const before = {
    rules: null,
    bearers: ['null 3'],
    state: 'allocating',
    bills: 3,
  };
  expect(seen).toEqual([
    { ...before, allocated: 0 },
    { ...before, allocated: 1 },
    { ...before, allocated: 2 },
  ]);
  expect(await bearers()).toEqual(['group:default/b 3']);
  expect(await stateOf(id)).toMatchObject({
    state: 'done',
    bills: 3,
    allocated: 3,
    change: { bills: 3, changes: 6 },
  });
  expect((await test.portal.get('/rules')).body).toMatchObject({
    rules: everything('group:default/b'),
    changedBy: 'user:default/amara',
  });
  for (const table of ['next_bills', 'next_allocations', 'next_spend']) {
    expect(await test.knex(table)).toEqual([]);
  }
});

it('goes on where a backend died', async () => {
  const id = await ask(everything('group:default/b'));
  let count = 0;
  await expect(
    work(async () => {
      count += 1;
      if (count === 3) throw new Error('The process is gone');
    }),
  ).rejects.toThrow('The process is gone');
  expect(await bearers()).toEqual(['null 3']);
  expect(await stateOf(id)).toMatchObject({
    state: 'allocating',
    allocated: 2,
  });

  // One that is asked to stop leaves the rest as well.
  const stopped = new AbortController();
  stopped.abort();
  await work(undefined, stopped.signal);
  expect(await stateOf(id)).toMatchObject({ allocated: 2 });

  const done: string[] = [];
  await work(async one => {
    done.push(one);
  });
  expect(done).toHaveLength(1);
  expect(await bearers()).toEqual(['group:default/b 3']);
});

it('takes along bills that come and go while it is at work', async () => {
  await ask(everything('group:default/b'));
  let isFirst = true;
  await work(async () => {
    if (!isFirst) return;
    isFirst = false;
    await test.portal.import(bill([{ ...month(5), BilledCost: '10' }]));
    await test.portal.import(bill([month(6)]));
  });
  expect(await bearers()).toEqual(['group:default/b 13']);
});

it('is left alone by backends that find another at work', async () => {
  await ask(everything('group:default/b'));
  await work(async () => {
    await work(async () => {
      throw new Error('It works on what another does');
    });
  });
  const other = await startPortal({
    knex: test.knex,
    entities,
    directory: test.portal.directory,
  });
  await other.rule({ rules: [], ...year });
  await other.stop();
  expect(await bearers()).toEqual(['null 3']);
  expect(await test.knex('reallocations').select('attempts')).toEqual([
    { attempts: 1 },
    { attempts: 1 },
  ]);
});

it('that cannot be done leaves everything as it was, and is given up', async () => {
  const id = await ask(everything('group:default/b'));
  const fail = async () => {
    throw new Error('The disk is full');
  };
  for (let attempt = 1; attempt < 5; attempt += 1) {
    await expect(work(fail)).rejects.toThrow('The disk is full');
  }
  await work(fail);
  expect(await stateOf(id)).toMatchObject({
    state: 'failed',
    error: expect.stringMatching(/5 attempts/),
  });
  expect((await test.portal.totals({ groupBy: 'entity' })).totals).toEqual(
    usd('3'),
  );
  expect(await bearers()).toEqual(['null 3']);
  // The next one begins anew.
  await test.portal.rule({ rules: everything('group:default/c'), ...year });
  expect(await bearers()).toEqual(['group:default/c 3']);
});

it('is written down with the rules from before, and so is a refused try', async () => {
  const theirs = everything('group:default/b');
  await test.portal.rule({ rules: theirs, ...year });
  test.audited.length = 0;
  const order = { rules: everything('group:default/c'), ...year };
  const done = await test.portal.rule({ ...order, reason: 'They sold it' });
  test.denied.add('costs.rules.update');
  await test.portal.put('/rules', order).expect(403);
  const event = {
    eventId: 'rules-set',
    meta: { by: 'user:default/amara', ...year, asked: order.rules },
  };
  expect(test.audited).toMatchObject([
    {
      ...event,
      meta: { ...event.meta, reason: 'They sold it' },
      ended: { id: done.id, before: theirs },
    },
    { ...event, failed: 'NotAllowedError' },
  ]);
});

it('is listed, newest first', async () => {
  const first = await test.portal.rule({ rules: [], ...year });
  const second = await test.portal.rule({
    rules: everything('group:default/b'),
    reason: ' They bought it ',
    ...year,
  });
  const { body } = await test.portal.get('/reallocations?limit=1').expect(200);
  expect(body).toMatchObject({
    total: 2,
    items: [{ id: second.id, reason: 'They bought it' }],
  });
  expect(first.change).toMatchObject({ bills: 3, changes: 0 });
  await test.portal
    .get('/reallocations/00000000-0000-4000-8000-000000000000')
    .expect(404);
  await test.portal.get('/reallocations/none').expect(400);
});
