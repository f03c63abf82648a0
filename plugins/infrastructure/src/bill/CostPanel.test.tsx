import { screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import { fakeResource } from '../__testUtils__/fakes';
import { renderPage } from '../__testUtils__/renderPage';
import { CostPanel } from './CostPanel';
import { lastMonths } from './months';

const resource = {
  ...fakeResource(),
  monthlyCost: { low: 10, high: 20 },
};

it('lays what bills say beside the estimate', async () => {
  const [, before] = [0, 2].map(count => lastMonths(new Date(), count).from);
  const used = jest.fn(async () => ({
    from: before,
    to: before,
    measure: 'EffectiveCost' as const,
    groupBy: 'entity',
    totals: [],
    items: [
      {
        key: resource.entityRef,
        currency: 'USD',
        amount: '25',
        parts: [{ date: before, amount: '25' }],
      },
    ],
    others: [],
  }));
  const { container } = renderPage(<CostPanel resource={resource} />, {
    bill: used,
  });
  expect(await screen.findByText('25% above the estimate')).toBeVisible();
  expect(screen.getByText('$10.00 to $20.00 a month')).toBeVisible();
  expect(screen.getByText('$25.00')).toBeVisible();
  expect(used).toHaveBeenCalledWith(
    { entityRef: resource.entityRef, ...lastMonths(new Date(), 6) },
    { signal: expect.anything() },
  );
  expect(await axe(container)).toHaveNoViolations();
});

it('says that nothing is billed yet, which is not zero', async () => {
  renderPage(<CostPanel resource={resource} />);
  expect(await screen.findByText(/No bill names it yet/)).toBeVisible();
});

it('keeps the estimate when bills cannot be read', async () => {
  renderPage(<CostPanel resource={{ ...resource, monthlyCost: undefined }} />, {
    bill: async () => {
      throw new Error('The costs plugin is away');
    },
  });
  expect(await screen.findByText('The costs plugin is away')).toBeVisible();
  expect(screen.getByText('What it costs was never estimated.')).toBeVisible();
});
