import { screen, within } from '@testing-library/react';
import type { UnitCost } from '@waymark/plugin-costs-common';
import { axe } from 'jest-axe';
import { renderPage } from '../__testUtils__/renderPage';
import { UnitCard } from './UnitCard';

const usd = (cost: string, perUnit: string | null) => [
  { currency: 'USD', cost, perUnit },
];

const unit = (given: Partial<UnitCost> = {}): UnitCost => ({
  unit: 'deployments',
  title: 'deployment',
  isMean: false,
  reason: null,
  months: [
    {
      month: '2026-09-01',
      isWhole: true,
      quantity: 10,
      costs: usd('1000', '100'),
    },
    {
      month: '2026-10-01',
      isWhole: true,
      quantity: 8,
      costs: usd('1000', '125'),
    },
    {
      month: '2026-11-01',
      isWhole: false,
      quantity: 3,
      costs: usd('700', null),
    },
  ],
  ...given,
});

it('shows what one cost last month, and how that moved', async () => {
  const { container } = renderPage(<UnitCard unit={unit()} currency="USD" />);
  expect(await screen.findByText('A deployment')).toBeVisible();
  expect(screen.getByText(/in October, of 8 deployments/)).toBeVisible();
  expect(screen.getByText('+$25.00')).toBeVisible();
  const trend = within(
    screen.getByRole('list', { name: 'A deployment by month' }),
  );
  expect(trend.getAllByRole('listitem').map(item => item.textContent)).toEqual([
    'Sep$100',
    'Oct$125',
    'Novnot known',
  ]);
  expect(await axe(container)).toHaveNoViolations();
});

it('says why nothing is known, instead of a number', async () => {
  const months = unit().months.map(month => ({
    ...month,
    quantity: null,
    costs: usd('1000', null),
  }));
  renderPage(
    <UnitCard
      unit={unit({ months, reason: 'You may not read deployments.' })}
      currency="USD"
    />,
  );
  expect(
    await screen.findByText('You may not read deployments.'),
  ).toBeVisible();
  expect(screen.queryByRole('list')).toBeNull();
});

it('shows no cost in a currency that it has none in', async () => {
  renderPage(<UnitCard unit={unit()} currency="EUR" />);
  expect(
    await screen.findByText(/no month yet that is billed to its end/),
  ).toBeVisible();
});
