import type { Status } from '@waymark/plugin-dora-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { renderPage } from '../__testUtils__/renderPage';
import { IntakePage } from './IntakePage';

const status: Status = {
  sources: [
    {
      id: 'github',
      title: 'GitHub',
      received: 1204,
      duplicate: 4,
      applied: 1200,
      ignored: 0,
      unmatched: 0,
      failed: 1,
      refused: 0,
      hasHistory: true,
    },
  ],
  waiting: 3,
  stale: 1,
  upToDate: true,
  keepsDays: 90,
};

const failed = {
  id: '5',
  source: 'github',
  event: 'deployment_status',
  deliveryId: 'd-5',
  receivedAt: '2026-03-10T12:00:00Z',
  state: 'failed' as const,
  attempts: 2,
  message: 'deployment.environment is missing',
};

function open(
  address = '/',
  {
    replayDelivery = jest.fn(async () => failed),
    replayDeliveries = jest.fn(async () => ({ replayed: 40 })),
    total = 1,
  } = {},
) {
  const listDeliveries = jest.fn(async () => ({ items: [failed], total }));
  const rendered = renderPage(<IntakePage />, {
    address,
    dora: {
      getStatus: async () => status,
      listBackfills: async () => ({ items: [], total: 0 }),
      listDeliveries,
      getDelivery: async () => ({ ...failed, body: '{"id":1}' }),
      replayDelivery,
      replayDeliveries,
      listUnmatched: async () => ({
        items: [
          {
            key: 'larkspur/ledger-api',
            facts: 42,
            suggestion: 'Annotate component:default/ledger-api',
          },
        ],
        total: 1,
      }),
    },
  });
  return { ...rendered, listDeliveries, replayDeliveries };
}

describe('IntakePage', () => {
  it('counts what came in, and what belongs to nobody with a suggestion', async () => {
    const { container } = open();
    const github = within(await screen.findByRole('row', { name: /GitHub/ }));
    expect(github.getByText('1,204')).toBeVisible();
    expect(github.getByText('never')).toBeVisible();
    expect(
      screen.getByText(
        /3 deliveries stored and not yet read.* kept for 90 days/,
      ),
    ).toBeVisible();
    expect(
      await screen.findByText('Annotate component:default/ledger-api'),
    ).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('shows at first what could not be read', async () => {
    const { listDeliveries } = open();
    expect(
      await screen.findByText('deployment.environment is missing'),
    ).toBeVisible();
    expect(listDeliveries).toHaveBeenCalledWith(
      { state: 'failed', limit: 25, offset: 0 },
      expect.anything(),
    );
  });

  it('asks for all states where all are chosen', async () => {
    const { listDeliveries } = open('/?state=any&source=github');
    await screen.findByText('deployment.environment is missing');
    expect(listDeliveries).toHaveBeenCalledWith(
      { source: 'github', limit: 25, offset: 0 },
      expect.anything(),
    );
  });

  it('shows the body of a delivery, and has its address', async () => {
    open();
    await userEvent.click(
      await screen.findByRole('link', { name: 'deployment_status' }),
    );
    const dialog = within(
      await screen.findByRole('dialog', {
        name: 'deployment_status from github',
      }),
    );
    expect(dialog.getByText(/"id": 1/)).toBeVisible();
    expect(screen.getByTestId('address')).toHaveTextContent('delivery=5');
    await userEvent.click(dialog.getByRole('button', { name: 'Close' }));
    await waitFor(() =>
      expect(screen.getByTestId('address')).not.toHaveTextContent('delivery'),
    );
  });

  it('has a delivery read again, and says why when it cannot be', async () => {
    const replay = jest
      .fn(async () => failed)
      .mockRejectedValueOnce(new Error('It waits to be read already'));
    open('/', { replayDelivery: replay });
    const again = await screen.findByRole('button', {
      name: 'Read delivery 5 again',
    });
    await userEvent.click(again);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'It waits to be read already',
    );
    await userEvent.click(again);
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    expect(replay).toHaveBeenCalledTimes(2);
  });

  it('has all of one end and source read again', async () => {
    const { replayDeliveries, listDeliveries } = open(
      '/?state=ignored&source=jenkins',
      { total: 40 },
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Read all 40 again' }),
    );
    expect(replayDeliveries).toHaveBeenCalledWith({
      state: 'ignored',
      source: 'jenkins',
    });
    await waitFor(() => expect(listDeliveries).toHaveBeenCalledTimes(2));
  });

  it('reads nothing again that was applied', async () => {
    open('/?state=applied', { total: 40 });
    await screen.findByText('deployment.environment is missing');
    expect(screen.queryByRole('button', { name: /Read all/ })).toBeNull();
  });
});
