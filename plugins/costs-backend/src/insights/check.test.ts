import { bill } from '../__testUtils__/bill';
import { usePortal } from '../__testUtils__/usePortal';

const test = usePortal();
const rate = { rate: '1.1', source: 'ECB' };

beforeEach(async () => {
  await test.portal.import(
    bill([
      { BilledCost: '10.0000000001', ServiceName: 'Compute' },
      { BilledCost: '-2', ServiceName: 'Storage' },
      { BilledCost: '100', ServiceName: 'Storage', BillingCurrency: 'EUR' },
    ]),
  );
  await test.portal.put('/exchange-rates/EUR/USD/2026-03-01', rate).expect(200);
});

const checked = (query: Record<string, string> = {}) =>
  test.portal.totals({ groupBy: 'allocation', check: 'true', ...query });

it.each<[Record<string, string>, [string, string][]]>([
  [
    {},
    [
      ['EUR', '100'],
      ['USD', '8.0000000001'],
    ],
  ],
  [
    { filter: 'ServiceName=Storage' },
    [
      ['EUR', '100'],
      ['USD', '-2'],
    ],
  ],
  [{ filter: 'signal=logs' }, []],
  [{ currency: 'USD' }, [['USD', '118.0000000001']]],
])(
  'what charges come to is what is told of them, asked for with %j',
  async (query, wanted) => {
    const { totals, charged } = await checked(query);
    expect(charged?.map(({ currency, amount }) => [currency, amount])).toEqual(
      wanted,
    );
    expect(charged).toEqual(totals);
  },
);

it.each(['spend', 'spend_months'])(
  'a sum that is lost in %s is noticed',
  async table => {
    await test.knex(table).where({ ServiceName: 'Compute' }).delete();
    const from = table === 'spend' ? '2026-01-02' : '2026-01-01';
    const { totals, charged } = await checked({ from });
    expect(totals).toContainEqual({ currency: 'USD', amount: '-2' });
    expect(charged).toContainEqual({
      currency: 'USD',
      amount: '8.0000000001',
    });
  },
);

it('is told to those only who see everything, of what bills say, when they ask', async () => {
  expect(await test.portal.totals()).not.toHaveProperty('charged');
  for (const filter of ['group=', 'allocation=unallocated', 'rule=']) {
    expect(await checked({ filter })).not.toHaveProperty('charged');
  }
  test.denied.add('costs.organisation.read');
  expect(await checked()).not.toHaveProperty('charged');
});
