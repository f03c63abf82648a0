import type {
  Rule,
  RuleChange,
  TotalsAnswer,
} from '@waymark/plugin-costs-common';
import { bill, type BillRow } from '../__testUtils__/bill';
import { catalogSays } from '../__testUtils__/catalog';
import { entity } from '../__testUtils__/entities';
import { usePortal } from '../__testUtils__/usePortal';

const entities = [
  entity('Group', 'board'),
  entity('Group', 'ledger', { childOf: 'group:default/board' }),
  entity('Component', 'orders', {
    ownedBy: 'group:default/ledger',
    partOf: 'system:default/shop',
  }),
  entity('System', 'shop', {
    ownedBy: 'group:default/board',
    partOf: 'domain:default/sales',
  }),
  entity('Domain', 'sales'),
  entity(
    'Resource',
    'database',
    { dependencyOf: 'component:default/orders' },
    { 'waymark.io/bill-resource-ids': 'arn:other, arn:database' },
  ),
];

const test = usePortal(entities);

beforeEach(() => catalogSays(test.knex, entities));

const march = { from: '2026-03-01', to: '2026-04-01' };
const rows: BillRow[] = [
  { BilledCost: '10.0000000001', Tags: '{"component":"orders"}' },
  { BilledCost: '3', Tags: '{" team":"ledger"}', ResourceId: 'vm' },
  { BilledCost: '1', Tags: '{"component":"odrers"}', ResourceId: 'typo' },
  { BilledCost: '100', ChargeCategory: 'Tax' },
  { BilledCost: '5', ResourceId: 'arn:database' },
];
const pairs = ({ items }: TotalsAnswer) =>
  Object.fromEntries(items.map(({ key, amount }) => [`${key}`, amount]));

describe('what a bill says', () => {
  it('is allocated by the first rule that fits, and rolled up by the catalog', async () => {
    await test.portal.import(bill(rows));
    const by = async (groupBy: string) =>
      pairs(await test.portal.totals({ groupBy }));
    expect(await by('allocation')).toEqual({
      allocated: '18.0000000001',
      unallocated: '101',
    });
    expect(await by('rule')).toEqual({
      'component-tag': '10.0000000001',
      'resource-id': '5',
      'team-tag': '3',
      null: '101',
    });
    expect(await by('entity')).toEqual({
      'component:default/orders': '10.0000000001',
      'resource:default/database': '5',
      'group:default/ledger': '3',
      null: '101',
    });
    for (const level of [
      'component:default/orders',
      'system:default/shop',
      'domain:default/sales',
    ]) {
      expect(await by(level.split(':')[0])).toEqual({
        [level]: '15.0000000001',
        null: '104',
      });
    }
    expect(await by('group')).toEqual({
      'group:default/ledger': '18.0000000001',
      null: '101',
    });
    expect(
      await test.portal.totals({ filter: 'group=group:default/board' }),
    ).toMatchObject({ totals: [{ amount: '18.0000000001' }] });
  });

  it('that nobody owns is listed by its cause', async () => {
    await test.portal.import(bill(rows));
    const { body } = await test.portal
      .get('/unallocated?from=2026-03-01&to=2026-04-01')
      .expect(200);
    expect(body.items).toEqual([
      {
        cause: null,
        serviceName: 'Compute',
        isTagged: false,
        currency: 'USD',
        amount: '100',
        resources: 0,
      },
      {
        cause: 'Tags/component=odrers',
        currency: 'USD',
        amount: '1',
        resources: 1,
      },
    ]);
  });

  it('is allocated anew when the catalog learns of an entity', async () => {
    await test.portal.import(bill(rows));
    await catalogSays(test.knex, [...entities, entity('Component', 'odrers')]);
    expect(pairs(await test.portal.totals({ groupBy: 'allocation' }))).toEqual({
      allocated: '19.0000000001',
      unallocated: '100',
    });
  });

  it('is shown to a service that may not see everything as to somebody of no group', async () => {
    await test.portal.import(bill(rows));
    const year = '/totals?from=2026-01-01&to=2027-01-01';
    const { body: all } = await test.portal.byService('get', year).expect(200);
    expect(all.totals).toEqual([{ currency: 'USD', amount: '119.0000000001' }]);
    test.denied.add('costs.organisation.read');
    test.groups.push('group:default/board');
    const { body } = await test.portal.byService('get', year).expect(200);
    expect(body.totals).toEqual([]);
  });

  it('is shown to people as far as it is their groups’', async () => {
    await test.portal.import(bill(rows));
    test.denied.add('costs.organisation.read');
    expect((await test.portal.totals()).totals).toEqual([]);
    test.groups.push('group:default/board');
    expect((await test.portal.totals()).totals).toEqual([
      { currency: 'USD', amount: '18.0000000001' },
    ]);
    // A filter does not open what is not theirs.
    expect(
      (await test.portal.totals({ filter: 'allocation=unallocated' })).totals,
    ).toEqual([]);
    await test.portal.get('/rules').expect(403);
    await test.portal
      .get('/unallocated?from=2026-03-01&to=2026-04-01')
      .expect(403);
    await test.portal.get('/reallocations').expect(403);
    await test.portal
      .get('/reallocations/00000000-0000-4000-8000-000000000000')
      .expect(403);
    test.denied.add('costs.rules.update');
    await test.portal.put('/rules', { rules: [], ...march }).expect(403);
    await test.portal
      .post('/rules/preview', { rules: [], ...march })
      .expect(403);
  });
});

describe('rules', () => {
  const tax: Rule = {
    id: 'tax',
    title: 'Tax by use',
    by: 'share',
    split: 'use',
    where: 'ChargeCategory=Tax',
  };

  it('are previewed, and then change what is asked for', async () => {
    await test.portal.import(bill(rows));
    const { body: before } = await test.portal.get('/rules').expect(200);
    expect(before).toMatchObject({ id: null, changedBy: null });
    const order = { rules: [tax, ...before.rules], basedOn: null, ...march };
    const { body: preview } = await test.portal
      .post('/rules/preview', order)
      .expect(200);
    expect(preview).toMatchObject({ bills: 1, changes: 4 });
    expect(pairs(await test.portal.totals({ groupBy: 'allocation' }))).toEqual({
      allocated: '18.0000000001',
      unallocated: '101',
    });
    expect(await test.portal.rule(order)).toMatchObject({
      state: 'done',
      bills: 1,
      allocated: 1,
      change: preview,
    });
    expect(pairs(await test.portal.totals({ groupBy: 'allocation' }))).toEqual({
      allocated: '18.0000000001',
      shared: '100',
      unallocated: '1',
    });
    // Each of three has 1 of 3 of EffectiveCost.
    expect(
      pairs(
        await test.portal.totals({
          groupBy: 'entity',
          filter: 'allocation=shared',
        }),
      ),
    ).toEqual({
      'component:default/orders': '33.333333333333333333',
      'group:default/ledger': '33.333333333333333333',
      'resource:default/database': '33.333333333333333334',
    });
    // Somebody who looked before that is not to undo it.
    await test.portal.put('/rules', order).expect(409);
  });

  /** What each owner pays in each way, from the totals that everybody reads. */
  async function spent(): Promise<Map<string, string>> {
    const ways = ['allocated', 'shared', 'unallocated'];
    const totals = await Promise.all(
      ways.map(way =>
        test.portal.totals({ groupBy: 'entity', filter: `allocation=${way}` }),
      ),
    );
    return new Map(
      totals.flatMap(({ items }, index) =>
        items.map(({ key, amount }) => [`${ways[index]} ${key}`, amount]),
      ),
    );
  }

  it.each<[string, (rules: Rule[]) => Rule[]]>([
    ['one is added that shares', rules => [tax, ...rules]],
    ['one is taken away', rules => rules.filter(({ id }) => id !== 'team-tag')],
    ['all are taken away', () => []],
    [
      'another takes what one took',
      rules => [
        {
          id: 'everything',
          title: 'Everything',
          by: 'entity',
          where: 'ResourceId=vm',
          entityRef: 'component:default/orders',
        },
        ...rules,
      ],
    ],
  ])(
    'are previewed with what every owner has before and after, when %s',
    async (_, change) => {
      await test.portal.import(bill(rows));
      const before = await spent();
      const { body: said } = await test.portal.get('/rules').expect(200);
      const order = { rules: change(said.rules), basedOn: null, ...march };
      const { body: preview } = await test.portal
        .post('/rules/preview', order)
        .expect(200);
      await test.portal.rule(order);
      const after = await spent();
      const keys = [...new Set([...before.keys(), ...after.keys()])];
      const told: RuleChange['items'] = preview.items;
      expect(
        new Map(
          told.map(item => [
            `${item.part} ${item.entityRef}`,
            [item.before, item.after],
          ]),
        ),
      ).toEqual(
        new Map(
          keys
            .filter(key => before.get(key) !== after.get(key))
            .map(key => [key, [before.get(key) ?? '0', after.get(key) ?? '0']]),
        ),
      );
    },
  );

  it('leave other billing periods as they are', async () => {
    await test.portal.import(bill(rows));
    await test.portal.rule({
      rules: [],
      from: '2026-04-01',
      to: '2026-05-01',
    });
    expect(
      pairs(await test.portal.totals({ groupBy: 'allocation' })),
    ).toMatchObject({ allocated: '18.0000000001' });
    await test.portal.import(bill([...rows, {}]));
    expect(pairs(await test.portal.totals({ groupBy: 'allocation' }))).toEqual({
      unallocated: '120.0000000001',
    });
  });

  it.each<[string, object, RegExp]>([
    [
      'look at a cost',
      { by: 'name', value: 'BilledCost', kind: 'group' },
      /nothing to group/,
    ],
    [
      'look at what rules say',
      { by: 'map', value: 'rule', entities: { a: 'group:b' } },
      /bills do not say rule/,
    ],
    [
      'choose by owners',
      { by: 'entity', entityRef: 'group:b', where: 'group=a' },
      /what bills say/,
    ],
    [
      'choose by what no bill says',
      { by: 'entity', entityRef: 'group:b', where: 'ServiceName=%00' },
      /that no value has/,
    ],
    ['name no entity', { by: 'entity', entityRef: 'b' }, /no entity reference/],
    [
      'share fixedly without shares',
      { by: 'share', split: 'fixed' },
      /shares belong to/,
    ],
    [
      'share nothing',
      { by: 'share', split: 'fixed', shares: { 'group:b': '0.0' } },
      /more than 0/,
    ],
    ['are of no known kind', { by: 'magic' }, /exactly one schema/],
  ])('cannot %s', async (_, rule, message) => {
    const { body } = await test.portal
      .put('/rules', { rules: [{ id: 'r', title: 'R', ...rule }], ...march })
      .expect(400);
    expect(body.error.message).toMatch(message);
  });
});
