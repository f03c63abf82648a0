import { errorOf, suggestionsOf } from './accuracy';

const row = (billed: number, low = 80, high = 120) => ({
  resourceId: 'a',
  name: 'a',
  environment: 'staging',
  estimate: { low, high },
  billed,
});
const usage = { low: 0.5, high: 2, assumption: 'a million requests' };
const items = [
  { title: 'Instance', price: 'x', quantities: [] },
  { title: 'Requests', price: 'y', quantities: [], usage },
];

it('is told from the middle of the estimates', () => {
  expect(errorOf([row(50), row(60), row(100)])).toEqual({
    median: -0.4,
    low: -0.45,
    high: -0.2,
    within: 1,
  });
});

it.each([
  ['two say nothing', [row(50), row(60)]],
  [
    'what was estimated at nothing has no error',
    [row(1, 0, 0), row(1), row(2)],
  ],
])('%s', (_, rows) => {
  expect(errorOf(rows)).toBeUndefined();
});

/** An instance of 60 and requests of 40, of which 20 to 60 are assumed. */
const priced = (billed: number) => ({
  billed,
  estimate: {
    low: 80,
    high: 120,
    lines: [
      { title: 'Instance', low: 60, high: 60, price: 'x' },
      {
        title: 'Requests',
        low: 20,
        high: 60,
        price: 'y',
        assumption: usage.assumption,
      },
    ],
  },
});

const suggested = (...billed: number[]) =>
  suggestionsOf(
    items,
    errorOf(billed.map(amount => row(amount))),
    billed.map(priced),
  );

it('suggests other assumptions of what assumes something, from what is left of bills for it', () => {
  expect(suggested(150, 160, 140)).toEqual([
    {
      title: 'Requests',
      assumption: 'a million requests',
      now: { low: 0.5, high: 2 },
      instead: { low: 1.13, high: 4.5 },
    },
  ]);
});

it.each([
  ['what is right', [105, 95, 100]],
  ['that of which too little is known', [150, 150]],
  ['what less use would not explain', [40, 50, 30]],
  ['what only ten times the use would explain', [460, 500, 600]],
])('leaves %s', (_, billed) => {
  expect(suggested(...billed)).toEqual([]);
});
