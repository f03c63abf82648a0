import type { Backfill, SourceStatus } from '@waymark/plugin-dora-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { renderPage } from '../__testUtils__/renderPage';
import type { DoraApi } from '../api/DoraApi';
import { Backfills } from './Backfills';

const source = (
  id: string,
  title: string,
  hasHistory = true,
): SourceStatus => ({
  id,
  title,
  hasHistory,
  received: 0,
  duplicate: 0,
  applied: 0,
  ignored: 0,
  unmatched: 0,
  failed: 0,
  refused: 0,
});

const running: Backfill = {
  id: '3',
  source: 'github',
  entityRef: 'group:default/ledger',
  since: '2026-01-01T00:00:00Z',
  requestedBy: 'user:default/priya',
  requestedAt: '2026-03-10T12:00:00Z',
  state: 'running',
  waitsUntil: '2026-03-10T12:30:00Z',
  projects: { total: 12, done: 3, failed: 2, pages: 40, facts: 1204 },
  current: { project: 'larkspur/ledger', cursor: 'pull-requests/7' },
  problems: [{ project: 'larkspur/gone', message: 'GitHub has nothing there' }],
};

function open(
  given: {
    items?: Backfill[];
    sources?: SourceStatus[];
  } & Partial<DoraApi> = {},
) {
  const {
    items = [],
    sources = [source('github', 'GitHub'), source('pagerduty', 'PD', false)],
    ...dora
  } = given;
  const listBackfills = jest.fn(async () => ({ items, total: items.length }));
  const rendered = renderPage(<Backfills />, {
    dora: {
      getStatus: async () => ({
        sources,
        waiting: 0,
        stale: 0,
        upToDate: true,
        keepsDays: 90,
      }),
      listBackfills,
      ...dora,
    },
  });
  return { ...rendered, listBackfills };
}

it('says how far a backfill is, what it waits for and what could not be read', async () => {
  const { container } = open({ items: [running] });
  const row = within(await screen.findByRole('row', { name: /GitHub of/ }));
  expect(row.getByText('3 of 12 projects, 1,204 facts')).toBeVisible();
  expect(row.getByText(/pull-requests, page 7/)).toBeVisible();
  expect(row.getByText(/Asks again 10 Mar 2026/)).toBeVisible();
  expect(row.getByText(/GitHub has nothing there/)).toBeVisible();
  expect(row.getByText('and 1 other project')).toBeVisible();
  expect(await axe(container)).toHaveNoViolations();
});

it('cancels one that goes on, and says why when it cannot', async () => {
  const cancelBackfill = jest
    .fn(async () => ({ ...running, state: 'cancelled' as const }))
    .mockRejectedValueOnce(new Error('Backfill 3 has ended: it is done'));
  const { listBackfills } = open({ items: [running], cancelBackfill });
  const cancel = await screen.findByRole('button', {
    name: 'Cancel backfill 3 of GitHub',
  });
  await userEvent.click(cancel);
  expect(await screen.findByRole('alert')).toHaveTextContent('has ended');
  await userEvent.click(cancel);
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  expect(cancelBackfill).toHaveBeenCalledWith('3');
  await waitFor(() =>
    expect(listBackfills.mock.calls.length).toBeGreaterThan(1),
  );
});

it('resumes one that failed', async () => {
  const resumeBackfill = jest.fn(async () => running);
  open({ items: [{ ...running, state: 'failed' }], resumeBackfill });
  await userEvent.click(
    await screen.findByRole('button', { name: 'Resume backfill 3 of GitHub' }),
  );
  expect(resumeBackfill).toHaveBeenCalledWith('3');
});

it('begins one, and loses nothing when the portal refuses', async () => {
  const startBackfill = jest
    .fn(async () => running)
    .mockRejectedValueOnce(new Error('since: it has not been yet'));
  open({ startBackfill });
  await userEvent.click(
    await screen.findByRole('button', { name: 'Bring the past' }),
  );
  const dialog = within(await screen.findByRole('dialog'));
  const since = dialog.getByLabelText('Since');
  await userEvent.clear(since);
  await userEvent.type(since, '2026-02-01');
  await userEvent.click(dialog.getByRole('button', { name: 'Begin' }));
  expect(await dialog.findByRole('alert')).toHaveTextContent('not been yet');
  expect(since).toHaveValue('2026-02-01');
  await userEvent.click(dialog.getByRole('button', { name: 'Begin' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(startBackfill).toHaveBeenLastCalledWith({
    source: 'github',
    entityRef: undefined,
    since: '2026-02-01',
  });
});

it('says what is missing where no source can be asked', async () => {
  open({ sources: [source('pagerduty', 'PagerDuty', false)] });
  expect(await screen.findByText(/give the portal a token/)).toBeVisible();
  expect(screen.queryByRole('button')).toBeNull();
});
