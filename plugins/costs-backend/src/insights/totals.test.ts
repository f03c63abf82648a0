import { useDatabases } from '../__testUtils__/databases';
import { bill } from '../__testUtils__/bill';
import { startPortal, type Portal } from '../__testUtils__/portal';

jest.setTimeout(60_000);

const databases = useDatabases();
let portal: Portal;

beforeAll(async () => {
  portal = await startPortal({ knex: await databases.init() });
  await portal.import(
    bill([
      {
        ServiceName: 'A, B',
        BilledCost: '5',
        RegionId: 'eu',
        Tags: '{"a%b": "x"}',
      },
      { ServiceName: 'B', BilledCost: '4', ChargePeriodStart: '2026-03-01' },
      { ServiceName: 'C', BilledCost: '3', RegionId: 'us' },
      { ServiceName: 'D', BilledCost: '-2', RegionId: 'us' },
      { ServiceName: 'A, B', BilledCost: '7', BillingCurrency: 'EUR' },
    ]),
  );
});

it('a year by month is what its days are', async () => {
  for (const groupBy of ['ServiceName', 'allocation', 'entity']) {
    const months = await portal.totals({ groupBy, interval: 'month' });
    const days = await portal.totals({ groupBy, interval: 'day' });
    expect(months.totals).toEqual(days.totals);
    expect(
      months.items.map(({ key, amount, currency }) => [key, amount, currency]),
    ).toEqual(
      days.items.map(({ key, amount, currency }) => [key, amount, currency]),
    );
    // Not from the first of a month, it cannot be read from sums of months.
    const single = await portal.totals({ groupBy, from: '2025-12-31' });
    expect(single.totals).toEqual(months.totals);
  }
});

it('the largest groups come first, and the others add up', async () => {
  expect(await portal.totals({ groupBy: 'ServiceName', limit: '2' })).toEqual({
    from: '2026-01-01',
    to: '2027-01-01',
    measure: 'BilledCost',
    groupBy: 'ServiceName',
    totals: [
      { currency: 'EUR', amount: '7' },
      { currency: 'USD', amount: '10' },
    ],
    items: [
      { key: 'A, B', currency: 'EUR', amount: '7' },
      { key: 'A, B', currency: 'USD', amount: '5' },
      { key: 'B', currency: 'USD', amount: '4' },
    ],
    others: [{ currency: 'USD', amount: '1', groups: 2 }],
  });
});

it('groups are answered by day and month, the others too', async () => {
  const byDay = await portal.totals({
    groupBy: 'ServiceName',
    limit: '2',
    interval: 'day',
    filter: 'BillingCurrency=USD',
  });
  expect(byDay.items).toMatchObject([
    { key: 'A, B', parts: [{ date: '2026-03-02', amount: '5' }] },
    { key: 'B', parts: [{ date: '2026-03-01', amount: '4' }] },
  ]);
  expect(byDay.others).toMatchObject([
    { parts: [{ date: '2026-03-02', amount: '1' }] },
  ]);
  const byMonth = await portal.totals({ interval: 'month' });
  expect(byMonth.items).toMatchObject([
    {
      key: null,
      currency: 'EUR',
      parts: [{ date: '2026-03-01', amount: '7' }],
    },
    {
      key: null,
      currency: 'USD',
      parts: [{ date: '2026-03-01', amount: '10' }],
    },
  ]);
});

it.each([
  ['ServiceName=A%2C B', ['7', '5']],
  ['ServiceName=B,ServiceName=C', ['7']],
  ['RegionId=us,ServiceName=C', ['3']],
  ['RegionId=,BillingCurrency=USD', ['4']],
  ['RegionId=,RegionId=eu', ['7', '9']],
  ['Tags/a%25b=x', ['5']],
  ['source=aws,BillingPeriodStart=2026-03-01', ['7', '10']],
  ['source=azure', []],
  ['allocation=unallocated', ['7', '10']],
])('a filter chooses: %s', async (filter, amounts) => {
  const { totals } = await portal.totals({ filter });
  expect(totals.map(({ amount }) => amount)).toEqual(amounts);
});

it.each([
  ['from=2026-02-30&to=2026-03-01', /there is no day 2026-02-30/],
  ['from=2026-03-01&to=2026-03-01', /is not after/],
  ['from=2026-03-01&to=2026-03-02&groupBy=BilledCost', /nothing to group/],
  ['from=2026-03-01&to=2026-03-02&groupBy=constructor', /nothing to group/],
  ['from=2026-03-01&to=2026-03-02&filter=RegionId', /no condition/],
  ['from=2026-03-01&to=2026-03-02&filter=a%25zz%3D1', /percent sign/],
  ['from=2026-03-01&to=2026-03-02&filter=a%2500=1', /that no value has/],
  [
    'from=2026-03-01&to=2026-03-02&filter=RegionId=%2500',
    /"%00" has %00, a character that no value has/,
  ],
  ['from=1999-12-31&to=2026-03-02', /from: 1999-12-31 is before 2000/],
  ['from=2026-03-01&to=2026-03-02&measure=Costs', /measure/],
  ['from=2026-03-01', /to/],
])('says what is wrong with %s', async (query, message) => {
  const { body } = await portal.get(`/totals?${query}`).expect(400);
  expect(body.error.message).toMatch(message);
});
