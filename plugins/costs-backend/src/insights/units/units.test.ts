import { mockServices } from '@backstage/backend-test-utils';
import { ResponseError } from '@backstage/errors';
import type { UnitCosts } from '@waymark/plugin-costs-common';
import { bill } from '../../__testUtils__/bill';
import { catalogSays } from '../../__testUtils__/catalog';
import { daily } from '../../__testUtils__/days';
import { entity } from '../../__testUtils__/entities';
import { usePortal } from '../../__testUtils__/usePortal';
import { GroupTree } from '../../allocation/GroupTree';
import { dayOf, monthOf, numberOf } from '../../forecast/calendar';
import { today } from '../../forecast/outlook';
import { SeriesStore } from '../../forecast/SeriesStore';
import { TotalsStore } from '../TotalsStore';
import type { Deployments } from './Deployments';
import { DefaultUnitsService } from './DefaultUnitsService';
import { UnitStore } from './UnitStore';

const ledger = 'group:default/ledger';
const orders = 'component:default/orders';
const entities = [
  entity('Group', 'board'),
  entity('Group', 'ledger', { childOf: 'group:default/board' }),
  entity('Group', 'market', { childOf: 'group:default/board' }),
  entity('System', 'shop', { ownedBy: ledger }),
  entity('Component', 'orders', {
    ownedBy: ledger,
    partOf: 'system:default/shop',
  }),
  entity('Component', 'refunds', {
    ownedBy: ledger,
    partOf: 'system:default/shop',
  }),
  entity('Component', 'offers', {
    ownedBy: 'group:default/market',
    partOf: 'system:default/shop',
  }),
];
const test = usePortal(entities);

const thisMonth = dayOf(monthOf(numberOf(today(Date.now()))).from);
const lastMonth = dayOf(monthOf(numberOf(thisMonth) - 1).from);
const dayIn = (month: string, day: number) => dayOf(numberOf(month) + day - 1);

beforeEach(async () => {
  await catalogSays(test.knex, entities);
  // A hundred a day of orders, up to the end of last month.
  await test.portal.import(
    bill(
      daily(thisMonth, numberOf(thisMonth) - numberOf(lastMonth), day => ({
        EffectiveCost: day === lastMonth ? '1000' : '0',
        BilledCost: '1',
        Tags: '{"component":"orders"}',
      })),
    ),
  );
});

const costsWith = async (
  months: Deployments['months'],
  query: { entityRef: string } = { entityRef: orders },
): Promise<UnitCosts> =>
  new DefaultUnitsService({
    totals: new TotalsStore(test.knex),
    series: new SeriesStore(test.knex),
    units: new UnitStore(test.knex),
    groups: new GroupTree(test.knex),
    deployments: { months },
    logger: mockServices.logger.mock(),
  }).costs({ ...query, months: 2 }, { credentials: {} as never });

const costs = async (query: string): Promise<UnitCosts> =>
  (await test.portal.get(`/unit-costs?${query}`).expect(200)).body;

const put = (given: object = {}, unit = 'requests') =>
  test.portal.put(`/units/${unit}/values`, {
    entityRef: orders,
    title: 'request',
    values: [
      { date: lastMonth, value: 30 },
      { date: dayIn(lastMonth, 2), value: 10 },
    ],
    ...given,
  });

/** The metric of an entity last month: how much of it, and what one cost. */
async function lastOf(entityRef: string, unit = 'requests') {
  const { units } = await costs(`entityRef=${entityRef}&months=2`);
  const month = units.find(one => one.unit === unit)?.months[0];
  return month && [month.quantity, month.costs[0]?.perUnit ?? null];
}

describe('unit costs', () => {
  it('are costs by deployments, and none of a month that is not billed to its end', async () => {
    const answer = await costsWith(
      async () =>
        new Map([
          [lastMonth, 8],
          [thisMonth, 3],
        ]),
    );
    expect(answer).toMatchObject({
      entityRef: orders,
      measure: 'EffectiveCost',
      units: [
        {
          unit: 'deployments',
          reason: null,
          months: [
            {
              month: lastMonth,
              isWhole: true,
              quantity: 8,
              costs: [{ currency: 'USD', cost: '1000', perUnit: '125' }],
            },
            { month: thisMonth, isWhole: false, quantity: 3, costs: [] },
          ],
        },
      ],
    });
  });

  it.each([
    ['there is none', async () => new Map([[lastMonth, 0]]), /No deployment/],
    [
      'nobody answers',
      async () => {
        throw new Error('Nobody there');
      },
      /could not be read/,
    ],
    [
      'the caller may not',
      async () => {
        throw await ResponseError.fromResponse(
          new Response('{}', { status: 403 }),
        );
      },
      /may not read/,
    ],
  ])(
    'say why nothing is known when %s, which is not 0',
    async (_, months, reason) => {
      const [{ reason: said, months: known }] = (await costsWith(months)).units;
      expect(said).toMatch(reason);
      expect(known[0]).toMatchObject({
        quantity: null,
        costs: [{ cost: '1000', perUnit: null }],
      });
    },
  );

  it('are costs by what was handed in, at every level', async () => {
    await put().expect(204);
    expect(await lastOf(orders)).toEqual([40, '25']);
    await put({ entityRef: 'component:default/refunds' }).expect(204);
    expect(await lastOf('system:default/shop')).toEqual([80, '12.5']);
    expect(await lastOf('group:default/board')).toEqual([80, '12.5']);
    // What is said of the system itself is more than what is below it.
    await put({
      entityRef: 'system:default/shop',
      values: [{ date: lastMonth, value: 3 }],
    }).expect(204);
    expect(await lastOf('system:default/shop')).toEqual([3, '333.3333333333']);
    expect(await lastOf(ledger)).toEqual([80, '12.5']);
  });

  it('of customers are by the mean of the days, of the entity alone', async () => {
    const customers = { title: 'customer', isMean: true };
    await put(customers, 'customers').expect(204);
    expect(await lastOf(orders, 'customers')).toEqual([20, '50']);
    expect(await lastOf(ledger, 'customers')).toBeUndefined();
  });

  it('are none of a month of which a source that still bills has not told the end', async () => {
    await put().expect(204);
    const billedUntil = (source: string, before: string) =>
      test.portal.import(
        bill(daily(before, 1, () => ({ ResourceId: source }))),
        { source },
      );
    // It bills no more, and nobody waits for it.
    await billedUntil('ended', dayIn(lastMonth, 5));
    expect(await lastOf(orders)).toEqual([40, '25']);
    await billedUntil('slow', dayOf(numberOf(thisMonth) - 2));
    expect(await lastOf(orders)).toEqual([40, null]);
    await billedUntil('slow', thisMonth);
    expect(await lastOf(orders)).toEqual([40, '25']);
  });

  it('of which every value was taken back are forgotten', async () => {
    await put().expect(204);
    const shop = { entityRef: 'system:default/shop' };
    const own = (value: number | null) => ({
      ...shop,
      values: [{ date: lastMonth, value }],
    });
    await put(own(3)).expect(204);
    expect(await lastOf(shop.entityRef)).toEqual([3, '333.3333333333']);
    await put(own(null)).expect(204);
    // What is below it counts again.
    expect(await lastOf(shop.entityRef)).toEqual([40, '25']);
    await put(own(null), 'never').expect(204);
    expect(await test.knex('units').select('entity_ref')).toEqual([
      { entity_ref: orders },
    ]);
  });

  it('take values again, and back', async () => {
    await put().expect(204);
    await put().expect(204);
    expect(await lastOf(orders)).toEqual([40, '25']);
    await put({ values: [{ date: lastMonth, value: null }] }).expect(204);
    expect(await lastOf(orders)).toEqual([10, '100']);
    await put({ values: [{ date: dayIn(lastMonth, 2), value: 0 }] }).expect(
      204,
    );
    expect(await lastOf(orders)).toEqual([0, null]);
    expect(test.auditedAs('unit-values-put')[0]).toMatchObject({
      meta: { unit: 'requests', entityRef: orders, first: lastMonth },
      ended: { days: 2 },
    });
  });

  it('are seen of one’s own groups, and values are handed in by them', async () => {
    test.denied.add('costs.organisation.read').add('costs.unit.manage');
    await put().expect(403);
    test.groups.push('group:default/board');
    await put().expect(204);
    expect(await lastOf(orders)).toEqual([40, '25']);
    test.groups.length = 0;
    expect(await lastOf(orders)).toBeUndefined();
    test.denied.add('costs.unit.update');
    await put().expect(403);
    test.denied.add('costs.read');
    await test.portal.get(`/unit-costs?entityRef=${orders}`).expect(403);
  });

  it('are known however their entity is written, to owners as well', async () => {
    test.denied.add('costs.unit.manage');
    test.groups.push(ledger);
    await put({ entityRef: 'Component:orders' }).expect(204);
    for (const written of ['component:orders', 'COMPONENT:default/Orders']) {
      expect(await lastOf(written)).toEqual([40, '25']);
    }
    for (const entityRef of ['orders', 'component:', 'component:a/b/c']) {
      const { body } = await put({ entityRef }).expect(400);
      expect(body.error.message).toMatch(/no entity reference.*its kind/);
      await test.portal
        .get(`/unit-costs?${new URLSearchParams({ entityRef })}`)
        .expect(400);
    }
    // Of what the catalog does not know nobody is told whether it is there.
    await put({ entityRef: 'component:default/nobody' }).expect(403);
  });

  it('do not tell how much others do', async () => {
    await put().expect(204);
    await put({ entityRef: 'component:default/offers' }).expect(204);
    expect(await lastOf('system:default/shop')).toEqual([80, '12.5']);
    test.denied.add('costs.organisation.read');
    test.groups.push(ledger);
    expect(await lastOf(orders)).toEqual([40, '25']);
    expect(await lastOf('component:default/offers')).toBeUndefined();
    // Of what is both theirs and of others they have their part, as of costs.
    for (const shared of ['system:default/shop', 'group:default/board']) {
      expect(await lastOf(shared)).toEqual([40, '25']);
    }
    // What is said of a group above is that group's, and theirs are still theirs.
    test.denied.clear();
    await put({ entityRef: 'group:default/board' }).expect(204);
    test.denied.add('costs.organisation.read');
    expect(await lastOf('group:default/board')).toEqual([40, '25']);
  });

  it.each<[object, string | undefined, RegExp]>([
    [
      { entityRef: 'domain:default/shop' },
      undefined,
      /components, systems and/,
    ],
    [{ entityRef: ':' }, undefined, /no entity reference/],
    [{ values: [] }, undefined, /values/],
    [{ values: [{ date: '2026-02-30', value: 1 }] }, undefined, /no day/],
    [{ values: [{ date: '2999-01-01', value: 1 }] }, undefined, /to come/],
    [{ values: [{ date: lastMonth, value: -1 }] }, undefined, /value/],
    [{ values: [{ date: lastMonth, value: 'x' }] }, undefined, /value/],
    [
      {
        values: [
          { date: lastMonth, value: 1 },
          { date: lastMonth, value: 2 },
        ],
      },
      undefined,
      /there twice/,
    ],
    [{ title: '' }, undefined, /title/],
    [{ colour: 'red' }, undefined, /additional/],
    [{}, 'deployments', /are counted/],
    [{}, 'Requests', /unit/],
  ])('refuse %j for %s and say what is wrong', async (given, unit, message) => {
    const { body } = await put(given, unit).expect(400);
    expect(body.error.message).toMatch(message);
  });

  it('refuse what the catalog does not know, and questions that make no sense', async () => {
    await put({ entityRef: 'component:default/nobody' }).expect(404);
    for (const query of [
      '',
      'entityRef=domain:default/shop',
      `entityRef=${orders}&months=0`,
      `entityRef=${orders}&months=25`,
      `entityRef=${orders}&measure=Costs`,
    ]) {
      const { status } = await test.portal.get(`/unit-costs?${query}`);
      expect(status).toBe(400);
    }
  });
});
