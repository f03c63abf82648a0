import { screen } from '@testing-library/react';
import type { BudgetUse } from '@waymark/plugin-infrastructure-common';
import { renderPage } from '../__testUtils__/renderPage';
import { AllowanceBars } from './AllowanceBars';

const show = (budget: BudgetUse) =>
  renderPage(
    <AllowanceBars
      quota={{
        environment: 'staging',
        unit: 'databases',
        limit: 5,
        used: 2,
        asked: 1,
      }}
      budget={budget}
    />,
  );

it('shows what is left of a budget of Costs, and what it is made of', async () => {
  show({
    by: 'budget',
    limit: 1000,
    used: 700,
    asked: 50,
    expected: 600,
    isForecast: true,
    promised: 100,
  });
  expect(await screen.findByText('$250 of $1,000 would be left')).toBeVisible();
  expect(
    screen.getByText(/\$600 are expected .* \$100 promised/),
  ).toBeVisible();
  expect(screen.getByRole('link', { name: 'Budgets' })).toHaveAttribute(
    'href',
    '/costs/budgets',
  );
});

it('shows an allowance without bills', async () => {
  show({ by: 'allowance', limit: 100, used: 120, asked: 0 });
  expect(
    await screen.findByText('$20.00 over the limit of $100'),
  ).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Budgets' })).toBeNull();
});

it('says that nobody knows, which is not that there is no limit', async () => {
  show({ by: 'nobody', limit: null, used: 0, asked: 50 });
  expect(await screen.findByText(/could not be read just now/)).toBeVisible();
  expect(screen.queryByText(/no limit/)).toBeNull();
});
