import type { RecommendationPage } from '@waymark/plugin-costs-common';
import { randomUUID } from 'node:crypto';
import { bill } from '../../__testUtils__/bill';
import { catalogSays } from '../../__testUtils__/catalog';
import { daily } from '../../__testUtils__/days';
import { entity } from '../../__testUtils__/entities';
import { managed } from '../../__testUtils__/lines';
import { lookForSavings } from '../../__testUtils__/savings';
import { usePortal } from '../../__testUtils__/usePortal';
import type { Managed } from './Rule';

const entities = [
  entity('Group', 'board'),
  entity('Group', 'ledger', { childOf: 'group:default/board' }),
  entity('System', 'shop', { ownedBy: 'group:default/ledger' }),
  entity('Component', 'orders', {
    ownedBy: 'group:default/ledger',
    partOf: 'system:default/shop',
  }),
];
const test = usePortal(entities);
const asOf = '2026-05-01';

beforeEach(() => catalogSays(test.knex, entities));

const look = (day = asOf, read?: () => Promise<Map<string, Managed>>) =>
  lookForSavings(test.knex, day, read);

/** A node that nobody owns, and a machine of an old generation of orders. */
const imported = (
  options: { until?: string; days?: number; node?: string } = {},
) => {
  const { until = asOf, days = 95, node = '10' } = options;
  return test.portal.import(
    bill([
      ...daily(until, days, day => ({
        ServiceName: 'Compute',
        ServiceCategory: 'Compute',
        ResourceId: 'node-1',
        EffectiveCost: day < asOf ? '10' : node,
        PricingQuantity: '24',
        PricingUnit: 'Hrs',
      })),
      ...daily(until, days, () => ({
        ServiceName: 'Compute',
        ServiceCategory: 'Compute',
        ResourceId: 'orders-1',
        ResourceName: 'orders',
        SkuId: 'BoxUsage:m4.large',
        EffectiveCost: '20',
        PricingQuantity: '24',
        PricingUnit: 'Hrs',
        Tags: '{"component":"orders"}',
      })),
    ]),
  );
};

async function list(query = ''): Promise<RecommendationPage> {
  const { body } = await test.portal
    .get(`/recommendations${query}`)
    .expect(200);
  return body;
}

const judge = (id: string, verdict: object) =>
  test.portal.put(`/recommendations/${id}/verdict`, verdict);

describe('recommendations', () => {
  it('are found with their evidence, the largest first, and add up', async () => {
    await imported();
    await look();
    await look();
    const { items, total, savings } = await list();
    expect(items).toMatchObject([
      {
        kind: 'idle',
        rule: 'nobodys',
        state: 'open',
        groupRef: null,
        resourceId: 'node-1',
        cost: '300',
        low: '0',
        high: '300',
        from: '2026-04-01',
        to: '2026-04-30',
      },
      {
        kind: 'commitment',
        groupRef: 'group:default/ledger',
        groupTitle: 'ledger',
        low: '90',
        high: '210',
        resourceId: null,
      },
      {
        kind: 'generation',
        entityRef: 'component:default/orders',
        resourceName: 'orders',
        low: '24',
        high: '108',
      },
    ]);
    expect(total).toBe(3);
    expect(savings).toEqual([
      { currency: 'USD', count: 3, low: '114', high: '618' },
    ]);
    const { body } = await test.portal
      .get(`/recommendations/${items[2].id}`)
      .expect(200);
    expect(body).toMatchObject({
      mayJudge: true,
      evidence: [
        {
          resourceName: 'orders',
          sku: 'BoxUsage:m4.large',
          unit: 'Hrs',
          cost: '600.00',
          quantity: [720, 720, 720],
          days: 30,
        },
      ],
    });
  });

  it('are told apart by what they are of, their kind and their state', async () => {
    await imported();
    await look();
    const kinds = async (query: string) =>
      (await list(query)).items.map(({ kind }) => kind);
    expect(await kinds('?entityRef=group:default/board')).toEqual([
      'commitment',
      'generation',
    ]);
    expect(await kinds('?entityRef=system:default/shop')).toEqual([
      'generation',
    ]);
    expect(await kinds('?entityRef=component:default/orders')).toEqual([
      'generation',
    ]);
    expect(await kinds('?kind=idle&state=open')).toEqual(['idle']);
    expect(await kinds('?state=dismissed')).toEqual([]);
    expect(await kinds('?limit=1&offset=1')).toEqual(['commitment']);
  });

  it('are forgotten when they hold no more, unless somebody said something of them', async () => {
    await imported();
    await look();
    const [idle, commitment] = (await list()).items;
    const said = { verdict: 'dismissed', reason: 'It is a test bench' };
    const { body } = await judge(idle.id, said).expect(200);
    expect(body).toMatchObject({
      state: 'dismissed',
      reason: said.reason,
      judgedBy: 'user:default/amara',
    });
    expect((await judge(idle.id, said)).body).toEqual(body);
    // Its bill is restated: there is nothing of it but one day.
    await imported({ until: '2026-02-02', days: 1 });
    await test.portal.import(bill([{ ResourceId: 'other' }]));
    await test.portal.import(
      bill([
        {
          BillingPeriodStart: '2026-04-01T00:00:00Z',
          BillingPeriodEnd: '2026-05-01T00:00:00Z',
          ChargePeriodStart: '2026-04-30T00:00:00Z',
          ChargePeriodEnd: '2026-05-01T00:00:00Z',
        },
      ]),
    );
    await look();
    expect((await list()).items).toMatchObject([
      { id: idle.id, state: 'dismissed', high: '300' },
    ]);
    await test.portal.get(`/recommendations/${commitment.id}`).expect(404);
    await judge(idle.id, { verdict: 'open' }).expect(200);
    await look();
    expect((await list()).total).toBe(0);
    expect(test.auditedAs('recommendation-judge')[0]).toMatchObject({
      meta: { by: 'user:default/amara', id: idle.id },
      ended: {
        before: { state: 'open', reason: null },
        after: { state: 'dismissed', reason: said.reason },
      },
    });
  });

  it.each([
    ['2', { result: 'saved', now: '60.00', saved: '240' }],
    ['9', { result: 'partly', now: '270.00', saved: '30' }],
    ['10', { result: 'nothing', now: '300.00', saved: '0' }],
    ['0', { result: 'saved', now: '0.00', saved: '300' }],
  ])(
    'that were accepted are verified when the node costs %s a day',
    async (node, outcome) => {
      await imported();
      await look();
      const [idle] = (await list()).items;
      await judge(idle.id, { verdict: 'accepted' }).expect(200);
      await test.knex('recommendations').update({
        judged_at: '2026-04-30T10:00:00Z',
        // A range that a part of the saving does not reach.
        low: '100',
      });
      await imported({ until: '2026-05-14', days: 13 + 95, node });
      await look('2026-05-14');
      expect((await list('?state=accepted')).total).toBe(1);
      await imported({ until: '2026-05-15', days: 14 + 95, node });
      await look('2026-05-15');
      expect((await list('?state=verified')).items).toMatchObject([
        {
          id: idle.id,
          outcome: { before: '300.00', through: '2026-05-14', ...outcome },
        },
      ]);
    },
  );

  it('are withheld when the resource changed since, and not accepted then', async () => {
    await imported();
    const changed = managed({ changedAt: '2026-04-20T08:00:00.000Z' });
    await look(
      asOf,
      async () => new Map([['component:default/orders', changed]]),
    );
    const { items } = await list('?state=withheld');
    expect(items).toMatchObject([
      { kind: 'generation', withheld: expect.stringContaining('2026-04-20') },
    ]);
    expect((await list('?state=open')).total).toBe(2);
    await judge(items[0].id, { verdict: 'accepted' }).expect(409);
    await look();
    expect((await list('?state=withheld')).total).toBe(0);
  });

  it('that rest on the infrastructure plugin stay when it does not answer', async () => {
    await imported();
    await look();
    await test
      .knex('recommendations')
      .where({ kind: 'generation' })
      .update({ rule: 'beside-peers', fingerprint: 'x' });
    await look(asOf, async () => {
      throw new Error('Nobody there');
    });
    expect((await list()).items.map(({ rule }) => rule).sort()).toEqual([
      'beside-peers',
      'nobodys',
      'old-generation',
      'uncommitted',
    ]);
    await look();
    expect((await list()).total).toBe(3);
  });

  it('are seen and judged by the owner and groups above', async () => {
    await imported();
    await look();
    const [idle, { id }] = (await list()).items;
    test.denied.add('costs.organisation.read');
    test.denied.add('costs.recommendation.manage');
    expect((await list()).total).toBe(0);
    await test.portal.get(`/recommendations/${id}`).expect(404);
    await judge(id, { verdict: 'accepted' }).expect(404);
    test.groups.push('group:default/board');
    expect((await list()).total).toBe(2);
    await test.portal.get(`/recommendations/${idle.id}`).expect(404);
    await judge(id, { verdict: 'accepted' }).expect(200);
    test.groups.length = 0;
    test.denied.delete('costs.organisation.read');
    const { body } = await test.portal
      .get(`/recommendations/${id}`)
      .expect(200);
    expect(body.mayJudge).toBe(false);
    await judge(id, { verdict: 'open' }).expect(403);
    test.denied.add('costs.read');
    await test.portal.get('/recommendations').expect(403);
    await test.portal.get(`/recommendations/${id}`).expect(403);
  });

  it('are refused with what is wrong', async () => {
    await imported();
    await look();
    const [{ id }] = (await list()).items;
    const refused = async (verdict: object, message: RegExp) => {
      const { body } = await judge(id, verdict).expect(400);
      expect(body.error.message).toMatch(message);
    };
    await refused({ verdict: 'dismissed' }, /say why/);
    await refused({ verdict: 'dismissed', reason: '  ' }, /say why/);
    await refused({ verdict: 'fine' }, /verdict/);
    await refused({ verdict: 'open', colour: 'red' }, /additional/);
    const bad = ['one', '?state=done', '?kind=cheap', '?entityRef=:'];
    for (const address of bad) {
      const path = address.startsWith('?') ? address : `/${address}`;
      expect((await test.portal.get(`/recommendations${path}`)).status).toBe(
        400,
      );
    }
    await test.portal.get(`/recommendations/${randomUUID()}`).expect(404);
    await judge(randomUUID(), { verdict: 'open' }).expect(404);
  });

  it('are looked for by several at once as by one', async () => {
    await imported();
    await Promise.all([look(), look(), look()]);
    expect((await list()).total).toBe(3);
  });
});
