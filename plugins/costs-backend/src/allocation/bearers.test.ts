import type { CauseList, Rule } from '@waymark/plugin-costs-common';
import { bill } from '../__testUtils__/bill';
import { catalogSays } from '../__testUtils__/catalog';
import { entity } from '../__testUtils__/entities';
import { usePortal } from '../__testUtils__/usePortal';

const ledger = entity('Group', 'ledger');
const shop = entity('Group', 'shop');
const test = usePortal([ledger, shop]);
const march = { from: '2026-03-01', to: '2026-04-01' };

beforeEach(() => catalogSays(test.knex, [ledger, shop]));

const cases: [string, (ref: string) => Partial<Rule>][] = [
  ['a rule', entityRef => ({ by: 'entity', entityRef })],
  [
    'a map',
    ref => ({
      by: 'map',
      value: 'SubAccountId',
      entities: { '1': 'group:default/ledger', '2': ref },
    }),
  ],
  ['those among whom', ref => ({ by: 'share', split: 'use', among: [ref] })],
  ['shares', ref => ({ by: 'share', split: 'fixed', shares: { [ref]: '1' } })],
];

describe('who bears costs by a rule', () => {
  it.each(cases)('is in the catalog, when %s names them', async (_, rule) => {
    const order = (ref: string) => ({
      rules: [{ id: 'r', title: 'R', ...rule(ref) }],
      ...march,
    });
    const unknown = order('group:default/nobody');
    for (const asked of [
      test.portal.post('/rules/preview', unknown),
      test.portal.put('/rules', unknown),
    ]) {
      const { body } = await asked.expect(400);
      expect(body.error.message).toMatch(
        /^Rule r: the catalog has no group:default\/nobody; name a/,
      );
    }
    await test.portal.post('/rules/preview', order('Group:shop')).expect(200);
  });

  it.each<[string, Partial<Rule>, object, CauseList['items'][0]['cause'][]]>([
    [
      'one',
      { by: 'entity', entityRef: 'group:default/shop' },
      { null: '10' },
      ['entity=group:default/shop'],
    ],
    [
      'one of a map',
      {
        by: 'map',
        value: 'SubAccountId',
        entities: { '1': 'group:default/ledger', '2': 'group:default/shop' },
      },
      { 'group:default/ledger': '3', null: '7' },
      ['entity=group:default/shop', 'SubAccountId=3'],
    ],
    [
      'one of several who share evenly',
      {
        by: 'share',
        split: 'even',
        among: ['group:default/ledger', 'group:default/shop'],
      },
      { 'group:default/ledger': '10' },
      [],
    ],
    [
      'one of several with shares',
      {
        by: 'share',
        split: 'fixed',
        shares: { 'group:default/ledger': '1', 'group:default/shop': '9' },
      },
      { 'group:default/ledger': '10' },
      [],
    ],
    [
      'the only one with a share',
      { by: 'share', split: 'fixed', shares: { 'group:default/shop': '9' } },
      { null: '10' },
      ['rule=r'],
    ],
  ])(
    'bears nothing once the catalog has them no more: %s',
    async (_, rule, wanted, causes) => {
      await test.portal.import(
        bill([
          { BilledCost: '3', SubAccountId: '1' },
          { BilledCost: '5', SubAccountId: '2' },
          { BilledCost: '2', SubAccountId: '3' },
        ]),
      );
      await test.portal.rule({
        rules: [{ id: 'r', title: 'R', ...rule } as Rule],
        ...march,
      });
      await catalogSays(test.knex, [ledger]);
      const { items } = await test.portal.totals({ groupBy: 'entity' });
      expect(
        Object.fromEntries(items.map(({ key, amount }) => [key, amount])),
      ).toEqual(wanted);
      const { body } = await test.portal
        .get(`/unallocated?${new URLSearchParams(march)}`)
        .expect(200);
      expect(
        body.items.map(({ cause }: CauseList['items'][0]) => cause),
      ).toEqual(causes);
    },
  );
});

it('what no rule is about is told apart by service, and by whether it has tags', async () => {
  await test.portal.import(
    bill([
      { BilledCost: '3', ServiceName: 'Compute', ResourceId: 'a' },
      {
        BilledCost: '5',
        ServiceName: 'Compute',
        ResourceId: 'b',
        Tags: '{"Name":"b"}',
      },
      { BilledCost: '4', ServiceName: 'Storage', ResourceId: 'c', Tags: '{}' },
    ]),
  );
  await test.portal.rule({ rules: [], ...march });
  const { body } = await test.portal
    .get(`/unallocated?${new URLSearchParams(march)}`)
    .expect(200);
  const compute = { cause: null, serviceName: 'Compute', resources: 1 };
  expect(body.items).toMatchObject([
    { ...compute, isTagged: true, amount: '5' },
    { cause: null, serviceName: 'Storage', isTagged: false, amount: '4' },
    { ...compute, isTagged: false, amount: '3' },
  ]);
});

it('each cause chooses exactly its charges, whatever else is of the same service', async () => {
  const tagged = (name: string) => ({ Tags: JSON.stringify({ team: name }) });
  await test.portal.import(
    bill([
      { BilledCost: '3', ServiceName: 'Compute', ResourceId: 'a' },
      { BilledCost: '5', ServiceName: 'Compute', Tags: '{"Name":"b"}' },
      { BilledCost: '7', ServiceName: 'Compute', ...tagged('lost') },
      { BilledCost: '11', ServiceName: 'Compute', ...tagged('shop') },
      { BilledCost: '-90', ServiceName: 'Credits' },
      { BilledCost: '13', ServiceName: 'Support' },
    ]),
  );
  await test.portal.rule({
    rules: [
      { id: 'team', title: 'T', by: 'name', kind: 'group', value: 'Tags/team' },
      {
        id: 'support',
        title: 'S',
        by: 'share',
        split: 'use',
        where: 'ServiceName=Support',
        among: ['group:default/ledger'],
      },
    ],
    ...march,
  });
  const { body } = await test.portal
    .get(`/unallocated?${new URLSearchParams(march)}`)
    .expect(200);
  expect(body.items).toMatchObject([
    { cause: null, serviceName: 'Credits', isTagged: false, amount: '-90' },
    { cause: 'rule=support', amount: '13' },
    { cause: 'Tags/team=lost', amount: '7' },
    { cause: null, serviceName: 'Compute', isTagged: true, amount: '5' },
    { cause: null, serviceName: 'Compute', isTagged: false, amount: '3' },
  ]);
  const causes = ['untagged,ServiceName=Credits', 'rule=support'];
  causes.push('Tags/team=lost', 'tagged,ServiceName=Compute');
  causes.push('untagged,ServiceName=Compute');
  const chosen = await Promise.all(
    causes.map(cause => test.portal.totals({ filter: `cause=${cause}` })),
  );
  expect(chosen.map(({ totals }) => totals[0].amount)).toEqual(
    body.items.map(({ amount }: CauseList['items'][0]) => amount),
  );
  // What somebody bears has none.
  const { items } = await test.portal.totals({ groupBy: 'cause' });
  expect(items.map(({ key, amount }) => [key, amount])).toEqual([
    ['rule=support', '13'],
    [null, '11'],
    ['Tags/team=lost', '7'],
    ['tagged', '5'],
    ['untagged', '-87'],
  ]);
});
