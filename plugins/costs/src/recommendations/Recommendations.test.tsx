import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { fakeRecommendation } from '../__testUtils__/fakes';
import { renderPage } from '../__testUtils__/renderPage';
import type { CostsApi } from '../api/CostsApi';
import { RecommendationsPage } from './RecommendationsPage';
import { RecommendationsPanel } from './RecommendationsPanel';
import { rangeText } from './words';

const one = {
  items: [fakeRecommendation()],
  total: 1,
  savings: [{ currency: 'USD', count: 1, low: '100', high: '200' }],
};

const show = (
  costs: Partial<CostsApi> = {},
  address = '/costs/recommendations',
) =>
  renderPage(<RecommendationsPage />, {
    address,
    costs: { listRecommendations: async () => one, ...costs },
  });

const opened = `/costs/recommendations?recommendation=${
  fakeRecommendation().id
}`;

describe('RecommendationsPage', () => {
  it('lists what could cost less, why, and how much', async () => {
    const { container } = show();
    const list = within(
      await screen.findByRole('list', { name: 'Recommendations' }),
    );
    expect(
      list.getByRole('link', { name: 'Make orders-db-staging smaller' }),
    ).toBeVisible();
    expect(list.getByText('$100.00 to $200.00')).toBeVisible();
    expect(list.getByText('of $400.00 a month')).toBeVisible();
    expect(list.getByText(/as large as orders-db of production/)).toBeVisible();
    expect(list.getByText('some work')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('asks for what is to be decided, and for what the address says', async () => {
    const listRecommendations = jest.fn(async () => one);
    show(
      { listRecommendations },
      '/costs/recommendations?state=all&kind=idle&entityRef=group:default/ledger',
    );
    await screen.findByRole('list', { name: 'Recommendations' });
    expect(listRecommendations).toHaveBeenCalledWith(
      {
        entityRef: 'group:default/ledger',
        kind: 'idle',
        limit: 25,
        offset: 0,
      },
      { signal: expect.anything() },
    );
  });

  it('opens with its evidence, and is dismissed with a reason', async () => {
    const judgeRecommendation = jest.fn(
      async (): Promise<ReturnType<typeof fakeRecommendation>> =>
        fakeRecommendation(),
    );
    show({ judgeRecommendation });
    await userEvent.click(
      await screen.findByRole('link', {
        name: 'Make orders-db-staging smaller',
      }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      await dialog.findByRole('table', { name: 'What it rests on' }),
    ).toBeVisible();
    expect(
      dialog.getByRole('link', { name: 'Fill in the request' }),
    ).toHaveAttribute(
      'href',
      '/infrastructure/offerings/rds-instance/request?resource=a',
    );
    const dismiss = dialog.getByRole('button', { name: 'Dismiss it' });
    expect(dismiss).toBeDisabled();
    await userEvent.type(
      dialog.getByRole('textbox', { name: 'What you say to it' }),
      'Load tests need it',
    );
    await userEvent.click(dismiss);
    expect(judgeRecommendation).toHaveBeenCalledWith(fakeRecommendation().id, {
      verdict: 'dismissed',
      reason: 'Load tests need it',
    });
  });

  it('is accepted without a reason', async () => {
    const judgeRecommendation = jest.fn(async () => fakeRecommendation());
    show({ judgeRecommendation }, opened);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Accept it' }),
    );
    expect(judgeRecommendation).toHaveBeenCalledWith(fakeRecommendation().id, {
      verdict: 'accepted',
    });
  });

  it('says what came of it, and offers no verdict to those who may not', async () => {
    show(
      {
        getRecommendation: async id =>
          fakeRecommendation({
            id,
            state: 'verified',
            judgedBy: 'user:default/jonas',
            judgedAt: '2026-11-01T08:00:00Z',
            mayJudge: false,
            outcome: {
              result: 'partly',
              through: '2026-11-20',
              before: '400.00',
              now: '350.00',
              saved: '50',
            },
          }),
      },
      opened,
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      await dialog.findByText(/It saves less .* \$400.00 a month before/),
    ).toBeVisible();
    expect(dialog.queryByRole('textbox')).toBeNull();
  });

  it('says why one is withheld, and offers not to accept it', async () => {
    show(
      {
        getRecommendation: async id =>
          fakeRecommendation({
            id,
            state: 'withheld',
            withheld: 'It was changed on 2026-10-20.',
          }),
      },
      opened,
    );
    expect(
      await screen.findByText('Withheld: It was changed on 2026-10-20.'),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Accept it' })).toBeNull();
  });

  it('says that there is nothing, and from when it is looked', async () => {
    show({
      listRecommendations: async () => ({ items: [], total: 0, savings: [] }),
    });
    expect(await screen.findByText(/nothing to be decided/)).toBeVisible();
  });
});

it('a scope shows how much of it could be saved, and where', async () => {
  renderPage(
    <RecommendationsPanel
      scope={{ level: 'group', entityRef: 'group:default/ledger' }}
      currency="USD"
    />,
    { costs: { listRecommendations: async () => one } },
  );
  expect(
    await screen.findByRole('link', { name: 'Make orders-db-staging smaller' }),
  ).toHaveAttribute(
    'href',
    expect.stringContaining('entityRef=group%3Adefault%2Fledger'),
  );
  expect(screen.getByText(/a month, by 1 recommendation/)).toBeVisible();
});

it.each([
  ['0', '300', 'up to $300.00'],
  ['21', '21.0', '$21.00'],
  ['1000.5', '2000', '$1,001 to $2,000'],
])('from %s to %s is %s', (low, high, text) => {
  expect(rangeText(low, high, 'USD')).toBe(text);
});
