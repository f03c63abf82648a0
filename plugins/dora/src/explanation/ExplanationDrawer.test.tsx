import type { RowsAnswer, RowsQuery } from '@waymark/plugin-dora-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeAnswer, fakeMetrics } from '../__testUtils__/FakeDoraApi';
import { renderPage } from '../__testUtils__/renderPage';
import { MetricsPage } from '../overview/MetricsPage';

const answer = fakeAnswer({
  scope: { level: 'group', title: 'Ledger', services: 2 },
  metrics: fakeMetrics({
    changeLeadTime: {
      state: 'measured',
      value: 36_000,
      n: 60,
      percentiles: { p50: 36_000, p75: 86_400, p90: 259_200 },
    },
  }),
});

function rowsOf({ part }: RowsQuery): RowsAnswer {
  const excluded = part === 'excluded';
  return {
    items: [
      {
        at: '2026-03-10T12:00:00Z',
        service: 'component:default/payments-gateway',
        title: excluded ? 'Import the repository' : 'Retry webhooks',
        deployment: '7',
        value: excluded ? null : 90_000,
        reason: excluded
          ? 'Older than the baseline of the first deployment'
          : 'Its merge commit is in the deployment',
      },
    ],
    total: excluded ? 1 : 60,
    totals: { counted: 60, excluded: 1 },
    definition: 'From the first commit to running in production.',
  };
}

const address = '/?explain=changeLeadTime&of=group:default/ledger';

function openDrawer(at = address) {
  const getRows = jest.fn(async (_metric: string, query: RowsQuery) =>
    rowsOf(query),
  );
  const getRowsCsv = jest.fn(async () => 'at,service\n');
  renderPage(<MetricsPage />, {
    address: at,
    dora: { getMetrics: async () => answer, getRows, getRowsCsv },
  });
  return { getRows, getRowsCsv };
}

describe('ExplanationDrawer', () => {
  it('is opened by the address, about the part that it names', async () => {
    const { getRows } = openDrawer();
    const drawer = within(
      await screen.findByRole('dialog', { name: 'Change lead time: Ledger' }),
    );
    expect(await drawer.findByText('Retry webhooks')).toHaveAttribute(
      'href',
      '/dora/deployments/7',
    );
    expect(
      drawer.getByText('Its merge commit is in the deployment'),
    ).toBeVisible();
    expect(drawer.getByText('25 h')).toBeVisible();
    expect(
      drawer.getByText('From the first commit to running in production.'),
    ).toBeVisible();
    expect(getRows.mock.calls[0][1]).toMatchObject({
      entityRef: 'group:default/ledger',
      part: 'counted',
      offset: 0,
    });
  });

  it('shows what was left out, with the reason, and says so in the address', async () => {
    openDrawer();
    await userEvent.click(
      await screen.findByRole('radio', { name: 'Left out (1)' }),
    );
    expect(
      await screen.findByText(
        'Older than the baseline of the first deployment',
      ),
    ).toBeVisible();
    expect(screen.getByTestId('address')).toHaveTextContent('part=excluded');
  });

  it('turns pages in the address', async () => {
    const { getRows } = openDrawer();
    expect(await screen.findByText('1 to 25 of 60')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Next' }));
    expect(await screen.findByText('26 to 50 of 60')).toBeVisible();
    expect(screen.getByTestId('address')).toHaveTextContent('offset=25');
    expect(getRows.mock.lastCall?.[1]).toMatchObject({ offset: 25 });
  });

  it('saves the rows that are shown as CSV, without a page', async () => {
    const saved: Blob[] = [];
    URL.createObjectURL = jest.fn(blob => {
      saved.push(blob as Blob);
      return 'blob:rows';
    });
    URL.revokeObjectURL = jest.fn();
    const click = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(() => undefined);
    const { getRowsCsv } = openDrawer(`${address}&part=excluded`);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Download as CSV' }),
    );
    await waitFor(() => expect(click).toHaveBeenCalledTimes(1));
    expect(saved).toHaveLength(1);
    click.mockRestore();
    expect(getRowsCsv).toHaveBeenCalledWith(
      'changeLeadTime',
      expect.objectContaining({
        entityRef: 'group:default/ledger',
        part: 'excluded',
      }),
    );
    expect(getRowsCsv).not.toHaveBeenCalledWith(
      expect.anything(),
      expect.objectContaining({ limit: expect.anything() }),
    );
  });

  it('leaves the address when it is closed', async () => {
    openDrawer(`${address}&period=90d`);
    await userEvent.click(await screen.findByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.getByTestId('address')).toHaveTextContent(/^\/\?period=90d$/);
  });
});
