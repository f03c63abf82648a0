import type { Budget, BudgetPage } from '@waymark/plugin-costs-common';
import { randomUUID } from 'node:crypto';
import { bill } from '../__testUtils__/bill';
import { catalogSays } from '../__testUtils__/catalog';
import { daily } from '../__testUtils__/days';
import { entity } from '../__testUtils__/entities';
import { usePortal } from '../__testUtils__/usePortal';
import { today } from '../forecast/outlook';

const entities = [
  entity('Group', 'board'),
  entity('Group', 'ledger', { childOf: 'group:default/board' }),
  entity('Group', 'shop', { childOf: 'group:default/board' }),
  entity('Component', 'orders', {
    ownedBy: 'group:default/ledger',
    partOf: 'system:default/trade',
  }),
  entity('System', 'trade', { ownedBy: 'group:default/board' }),
];
const test = usePortal(entities);
beforeEach(() => catalogSays(test.knex, entities));

const orders = 'component:default/orders';
const order = {
  version: 0,
  entityRef: orders,
  period: 'month',
  currency: 'USD',
  measure: 'BilledCost',
  amount: '100',
  thresholds: [
    { basis: 'forecast', percent: 100 },
    { basis: 'actual', percent: 80 },
  ],
};
const now = today(Date.now());
const yesterday = Number(now.slice(8)) - 1;

const put = (id: string, more: object = {}) =>
  test.portal.put(`/budgets/${id}`, { ...order, ...more });
async function set(more: object = {}): Promise<Budget> {
  const { body } = await put(randomUUID(), more).expect(200);
  return body;
}
async function list(query = ''): Promise<BudgetPage> {
  const { body } = await test.portal.get(`/budgets${query}`).expect(200);
  return body;
}
const spend = (amount: string) =>
  test.portal.import(
    bill(
      daily(now, 90, () => ({
        BilledCost: amount,
        Tags: '{"component":"orders"}',
      })),
    ),
  );

describe('budgets', () => {
  it('say where they stand: what is spent exactly, what is left, and what is expected', async () => {
    await spend('10');
    const budget = await set({ amount: '1000.5' });
    const spent = 10 * yesterday;
    expect(budget).toMatchObject({
      version: 1,
      title: 'orders',
      ownerRef: 'group:default/ledger',
      amount: '1000.5',
      setBy: 'user:default/amara',
      thresholds: [
        { basis: 'actual', percent: 80 },
        { basis: 'forecast', percent: 100 },
      ],
      status: {
        state: 'within',
        spent: String(spent),
        remaining: String(1000.5 - spent),
        outlook: { state: 'forecast' },
        crossed: [],
      },
    });
    expect((await set({ currency: 'EUR' })).status).toMatchObject({
      state: 'unknown',
      spent: '0',
      outlook: { state: 'insufficient', expected: null },
    });
    const yearly = await set({ period: 'year', amount: '1' });
    expect(yearly.status.state).toBe('over');
    expect(yearly.status.crossed).toHaveLength(2);
  });

  it('are of what the catalog rolls up: a group, a system, a component', async () => {
    await spend('1');
    for (const entityRef of ['group:default/board', 'system:default/trade']) {
      const { status } = await set({ entityRef });
      expect(status.spent).toBe(String(yesterday));
    }
    const { status } = await set({ entityRef: 'group:default/shop' });
    expect(status).toMatchObject({ spent: '0', state: 'unknown' });
  });

  it('are written once, however often they are sent', async () => {
    const id = randomUUID();
    const { body: first } = await put(id).expect(200);
    const { body: again } = await put(id).expect(200);
    expect(again).toEqual(first);
    const { body: changed } = await put(id, {
      version: 1,
      amount: '200.00',
    }).expect(200);
    expect(changed).toMatchObject({ version: 2, amount: '200' });
    const { body: repeated } = await put(id, {
      version: 1,
      amount: '200',
    }).expect(200);
    expect(repeated).toMatchObject({ version: 2 });
  });

  it('are not overwritten by somebody who has not seen what another changed', async () => {
    const { id } = await set();
    await put(id, { version: 1, amount: '200' }).expect(200);
    const { body } = await put(id, { version: 1, amount: '300' }).expect(409);
    expect(body.error.message).toMatch(/it is at version 2/);
    await test.portal.delete(`/budgets/${id}?version=1`).expect(409);
    const both = await Promise.all([
      put(id, { version: 2, amount: '1' }),
      put(id, { version: 2, amount: '2' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('are one for each period and currency, and end', async () => {
    const { id } = await set();
    await put(randomUUID()).expect(409);
    await set({ period: 'year' });
    await test.portal.delete(`/budgets/${id}?version=1`).expect(204);
    await test.portal.delete(`/budgets/${id}?version=1`).expect(204);
    await test.portal.get(`/budgets/${id}`).expect(404);
    await put(id).expect(409);
    expect((await set()).id).not.toBe(id);
    await test.portal.delete(`/budgets/${randomUUID()}?version=1`).expect(404);
  });

  it('are listed a page at a time, and of one entity', async () => {
    await set();
    await set({ entityRef: 'group:default/board' });
    expect((await list()).items.map(({ title }) => title)).toEqual([
      'board',
      'orders',
    ]);
    expect(await list('?limit=1&offset=1')).toMatchObject({
      total: 2,
      items: [{ title: 'orders', mayChange: true }],
    });
    expect(await list(`?entityRef=${orders}`)).toMatchObject({
      total: 1,
      maySet: true,
    });
  });

  it('are seen by who sees the costs, and set by who leads the owner', async () => {
    const { id } = await set();
    const other = await set({ entityRef: 'group:default/shop' });
    test.denied.add('costs.organisation.read').add('costs.budget.manage');
    test.groups.push('group:default/ledger');
    expect(await list()).toMatchObject({
      total: 1,
      items: [{ id, mayChange: true }],
    });
    await test.portal.get(`/budgets/${other.id}`).expect(404);
    await put(id, { version: 1, amount: '5' }).expect(200);
    // Neither another's budget, nor one's own given to others, nor another's taken.
    await put(other.id, {
      version: 1,
      amount: '5',
      entityRef: 'group:default/shop',
    }).expect(403);
    await put(id, { version: 2, entityRef: 'group:default/shop' }).expect(403);
    await put(other.id, { version: 1, period: 'year' }).expect(403);
    await test.portal.delete(`/budgets/${other.id}?version=1`).expect(403);
    test.groups.splice(0, 1, 'group:default/board');
    expect((await list()).total).toBe(2);
    test.denied.add('costs.budget.update');
    expect(await list(`?entityRef=${orders}`)).toMatchObject({
      maySet: false,
      items: [{ mayChange: false }],
    });
    await put(id, { version: 2, amount: '6' }).expect(403);
    await test.portal.delete(`/budgets/${id}?version=2`).expect(403);
    test.denied.add('costs.budget.read');
    await test.portal.get('/budgets').expect(403);
    await test.portal.get(`/budgets/${id}`).expect(403);
  });

  it('leave in the audit log what was set, what was before, and what was refused', async () => {
    const { id } = await set();
    await put(id, { version: 1, amount: '7' });
    await put(id, { version: 1, amount: '8' });
    await test.portal.delete(`/budgets/${id}?version=2`);
    expect(test.audited).toMatchObject([
      {
        eventId: 'budget-set',
        meta: { by: 'user:default/amara', id },
        ended: { before: null, after: { amount: '100' } },
      },
      {
        eventId: 'budget-set',
        ended: { before: { amount: '100' }, after: { amount: '7' } },
      },
      { eventId: 'budget-set', failed: 'ConflictError' },
      { eventId: 'budget-end', ended: { before: { amount: '7' } } },
    ]);
  });

  it.each([
    [{ entityRef: 'domain:default/sales' }, 400, /a domain is none/],
    [{ entityRef: 'orders' }, 400, /no entity reference/],
    [{ entityRef: 'component:default/odrers' }, 404, /the catalog knows no/],
    [{ amount: '0.00' }, 400, /more than 0/],
    [{ amount: '-1' }, 400, /amount/],
    [{ amount: 100 }, 400, /amount/],
    [{ currency: 'dollars' }, 400, /currency/],
    [{ period: 'week' }, 400, /period/],
    [{ measure: 'Costs' }, 400, /measure/],
    [{ version: -1 }, 400, /version/],
    [{ version: 3 }, 404, /set with version 0/],
    [{ thresholds: [{ basis: 'actual', percent: 0 }] }, 400, /percent/],
    [
      {
        thresholds: [
          { basis: 'actual', percent: 5 },
          { basis: 'actual', percent: 5 },
        ],
      },
      400,
      /actual 5 % is there twice/,
    ],
    [{ colour: 'red' }, 400, /additional/],
  ])('refuse %j and say what is wrong', async (more, status, message) => {
    const answer = await put(randomUUID(), more);
    expect({
      status: answer.status,
      message: answer.body.error?.message,
    }).toEqual({ status, message: expect.stringMatching(message) });
  });

  it('have ids that are ids', async () => {
    expect((await put('one')).status).toBe(400);
    await test.portal.get('/budgets/one').expect(400);
    await test.portal.get(`/budgets/${randomUUID()}`).expect(404);
    await test.portal.get('/budgets?limit=201').expect(400);
  });
});
