import {
  amountOf,
  lastMonths,
  monthsOf,
  verdictOf,
  type BilledMonth,
} from './months';

const now = new Date('2026-11-12T10:00:00Z');
const month = {
  date: '2026-10-01',
  currency: 'USD',
  amount: 15,
  isOpen: false,
  share: 'all' as const,
};

it('this month and those before it are looked at, over the turn of a year', () => {
  expect(lastMonths(now, 6)).toEqual({ from: '2026-06-01', to: '2026-12-01' });
  expect(lastMonths(new Date('2026-01-31T23:59:59Z'), 2)).toEqual({
    from: '2025-12-01',
    to: '2026-02-01',
  });
});

it('months come newest first, this one is still open, and what was billed before it was made is told apart', () => {
  const parts = [
    { date: '2026-10-01', amount: '15.0000000001' },
    { date: '2026-08-01', amount: '40' },
    { date: '2026-09-01', amount: '1' },
    { date: '2026-11-01', amount: '3' },
  ];
  expect(
    monthsOf(
      {
        from: '2026-06-01',
        to: '2026-12-01',
        measure: 'EffectiveCost',
        groupBy: 'entity',
        totals: [],
        items: [
          { key: 'resource:default/a', currency: 'USD', amount: '18', parts },
        ],
        others: [],
      },
      '2026-09-29T10:00:00Z',
      now,
    ),
  ).toEqual([
    { ...month, date: '2026-11-01', amount: 3, isOpen: true },
    { ...month, amount: 15.0000000001 },
    { ...month, date: '2026-09-01', amount: 1, share: 'part' },
    { ...month, date: '2026-08-01', amount: 40, share: 'none' },
  ]);
});

it.each<[string, Partial<BilledMonth>, string]>([
  ['within it', {}, 'as estimated'],
  ['above it', { amount: 30 }, '50% above the estimate'],
  ['below it', { amount: 5 }, '50% below the estimate'],
  ['below it, and not over', { amount: 5, isOpen: true }, 'so far'],
  ['above it already', { amount: 22, isOpen: true }, '10% above the estimate'],
  ['before it was made', { amount: 800, share: 'none' }, 'before it was made'],
  [
    'of which it was there a part',
    { amount: 5, share: 'part' },
    'of a part of it',
  ],
  [
    'of which a part is too much',
    { amount: 30, share: 'part' },
    '50% above the estimate',
  ],
  ['in euros', { currency: 'EUR' }, 'in another currency'],
])('a month %s is said to be so', (_, given, text) => {
  expect(
    verdictOf({ ...month, ...given }, { low: 10, high: 20 }),
  ).toMatchObject({ text });
});

it('without an estimate, or with one of nothing, there is no share to be told', () => {
  expect(verdictOf(month, undefined).text).toBe('never estimated');
  expect(verdictOf(month, { low: 0, high: 0 }).text).toBe('above the estimate');
  expect(amountOf({ ...month, currency: 'EUR' })).toBe('€15.00');
});
