import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { OfferingAccuracy } from '@waymark/plugin-infrastructure-common';
import { axe } from 'jest-axe';
import { renderPage } from '../__testUtils__/renderPage';
import { AccuracyPanel } from './AccuracyPanel';

const measured: OfferingAccuracy = {
  from: '2026-10-01',
  to: '2026-11-01',
  state: 'measured',
  error: { median: 0.5, low: 0.25, high: 0.75, within: 1 },
  suggestions: [
    {
      title: 'Requests',
      assumption: 'a million requests',
      now: { low: 0.5, high: 2 },
      instead: { low: 0.75, high: 3 },
    },
  ],
  resources: [
    {
      resourceId: 'a',
      name: 'orders',
      environment: 'staging',
      estimate: { low: 10, high: 20 },
      billed: 30,
    },
  ],
};

const show = (given: Partial<OfferingAccuracy>) =>
  renderPage(<AccuracyPanel name="postgres-database" />, {
    infrastructure: { getAccuracy: async () => ({ ...measured, ...given }) },
  });

it('says how far off estimates were, of what, and what to assume instead', async () => {
  const { container } = show({});
  expect(await screen.findByText('50% above')).toBeVisible();
  expect(screen.getByText(/Bills of October 2026 .* 1 resource/)).toBeVisible();
  expect(
    screen.getByText(/0.75 to 3 instead of 0.5 to 2 \(a million requests\)/),
  ).toBeVisible();
  await userEvent.click(screen.getByText('Each of them'));
  expect(
    screen.getByRole('table', { name: 'Estimates beside bills' }),
  ).toBeVisible();
  expect(await axe(container)).toHaveNoViolations();
});

it.each([
  [{ median: 0.02 }, /nothing to assume otherwise/],
  [{ median: -0.4 }, /look at the prices/],
])('says what to do where nothing is suggested: %j', async (error, text) => {
  show({ error: { ...measured.error!, ...error }, suggestions: [] });
  expect(await screen.findByText(text)).toBeVisible();
});

it('says why nothing is measured, instead of a number', async () => {
  show({
    state: 'insufficient',
    reason: '1 that you see the costs of; 3 are needed.',
    error: null,
    suggestions: [],
  });
  expect(await screen.findByText(/3 are needed/)).toBeVisible();
});
