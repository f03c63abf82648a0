import { screen, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import { fakeOutlook, totalsOf, type FakeCharge } from '../__testUtils__/fakes';
import { renderPage } from '../__testUtils__/renderPage';
import { OverviewPage } from '../overview/OverviewPage';
import { pathOf } from './path';

const charges: FakeCharge[] = [
  { date: '2026-10-01', billed: '100', of: { entity: 'component:default/a' } },
];
const month = fakeOutlook();

const show = (outlook = month) =>
  renderPage(<OverviewPage />, {
    address: '/?month=2026-10',
    costs: {
      getTotals: async query => totalsOf(charges, query),
      getForecast: async () => ({
        asOf: '2026-11-02',
        measure: 'EffectiveCost',
        items: [
          {
            currency: 'USD',
            knownFrom: '2026-10-01',
            knownThrough: '2026-11-01',
            month: outlook,
            quarter: fakeOutlook({
              from: '2026-10-01',
              to: '2027-01-01',
              state: 'complete',
              known: '700.001',
              expected: null,
            }),
          },
        ],
      }),
    },
  });

const panel = async () =>
  within(
    (await screen.findByRole('heading', { name: 'Where it ends' })).closest(
      'section',
    )!,
  );

describe('where the month ends', () => {
  it('is a number with its interval', async () => {
    const { container } = show();
    const ends = await panel();
    expect(await ends.findByText('By the end of November')).toBeVisible();
    expect(ends.getByText('$1,200')).toBeVisible();
    expect(ends.getByText('$1,100 to $1,300, 80% sure')).toBeVisible();
    expect(ends.getByText('By the end of Q4')).toBeVisible();
    expect(ends.getByText('all of it is billed')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('is no number where too little is known', async () => {
    show(
      fakeOutlook({
        state: 'insufficient',
        reason: '3 days are known, and 28 are needed',
        expected: null,
        low: null,
        high: null,
        days: [],
      }),
    );
    const ends = await panel();
    expect(await ends.findByText('Not enough history')).toBeVisible();
    expect(ends.getByText('3 days are known, and 28 are needed')).toBeVisible();
  });

  it('is drawn from what is billed to what is expected, the interval widening', () => {
    expect(pathOf(month)).toEqual([
      { date: '2026-11-01', billed: 600, expected: 600, range: [600, 600] },
      { date: '2026-11-02', expected: 900, range: [850, 950] },
      { date: '2026-11-03', expected: 1200, range: [1100, 1300] },
    ]);
    expect(pathOf(fakeOutlook({ expected: null, days: [] }))).toEqual([
      { date: '2026-11-01', billed: 600 },
    ]);
  });
});
