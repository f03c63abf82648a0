import type {
  Metric,
  MetricsAnswer,
  MetricsQuery,
} from '@waymark/plugin-dora-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { fakeAnswer, fakeMetrics } from '../__testUtils__/FakeDoraApi';
import { renderPage } from '../__testUtils__/renderPage';
import { changedChannel } from '../live/useDora';
import { MetricsPage } from './MetricsPage';

const measured: Partial<Metric> = {
  state: 'measured',
  value: 36_000,
  n: 24,
  excluded: 2,
  percentiles: { p50: 36_000, p75: 86_400, p90: 259_200 },
  band: { scale: 'targets', label: 'missed', met: false, target: 3600 },
  previous: { state: 'measured', value: 72_000, n: 20, percentiles: null },
  change: -0.5,
  better: true,
};

const metrics = fakeMetrics({
  changeLeadTime: measured,
  changeFailRate: { state: 'measured', value: 0, n: 24, counted: 0 },
  failedDeploymentRecoveryTime: { state: 'insufficient', value: 600, n: 2 },
});

const teams = [
  {
    key: 'group:default/ledger',
    title: 'Ledger',
    metrics: fakeMetrics({
      changeLeadTime: measured,
      changeFailRate: { state: 'insufficient', value: 0, n: 1 },
    }),
  },
  { key: 'group:default/mobile', title: 'Mobile', metrics: fakeMetrics() },
];

function portal(answer: Partial<MetricsAnswer> = { metrics }) {
  return jest.fn(async ({ groupBy }: MetricsQuery) =>
    fakeAnswer({
      groupsTotal: groupBy === 'group' ? teams.length : undefined,
      ...answer,
      groups: groupBy === 'group' ? teams : [],
    }),
  );
}

function tile(name: string) {
  return within(
    screen.getByRole('heading', { level: 3, name }).closest('article')!,
  );
}

describe('MetricsPage', () => {
  it('shows a value with its judgement, movement, sample and spread', async () => {
    const { container } = renderPage(<MetricsPage />, {
      dora: { getMetrics: portal() },
    });
    await screen.findByText('10 h', { selector: 'article *' });
    const leadTime = tile('Change lead time');
    expect(leadTime.getByText('Off target')).toBeVisible();
    expect(leadTime.getByText('Better:')).toBeVisible();
    expect(leadTime.getByText(/50 % below 20 h before/)).toBeVisible();
    expect(
      leadTime.getByText(
        '24 changes. Half within 10 h, three in four within 24 h, nine in ten within 3 days. 2 left out.',
      ),
    ).toBeVisible();
    await screen.findByRole('table', { name: 'Teams by metric' });
    expect(await axe(container)).toHaveNoViolations();
  });

  it('tells nothing, too little and zero apart', async () => {
    renderPage(<MetricsPage />, { dora: { getMetrics: portal() } });
    await screen.findByText('10 h', { selector: 'article *' });
    expect(tile('Deployment frequency').getByText('No data')).toBeVisible();
    expect(
      tile('Deployment frequency').getByText(/Nothing is known/),
    ).toBeVisible();
    expect(tile('Change fail rate').getByText('0 %')).toBeVisible();
    const recovery = tile('Failed deployment recovery time');
    expect(recovery.getByText('10 min')).toBeVisible();
    expect(recovery.getByText('Too little to judge: 2 of 5.')).toBeVisible();
    expect(recovery.queryByText(/target/)).toBeNull();
  });

  it.each([
    [0, []],
    [1, [/^1 component has no owner, and is in none of the rows\./]],
    [2, [/^2 components have no owner, and are in none of the rows\./]],
  ])(
    'says beside the teams that %d components have no owner',
    async (undivided, said) => {
      const { container } = renderPage(<MetricsPage />, {
        dora: { getMetrics: portal({ metrics, undivided }) },
      });
      await screen.findByRole('table', { name: 'Teams by metric' });
      const notes = screen.queryAllByText(/in none of the rows/);
      expect(notes.map(({ textContent }) => textContent)).toEqual(
        said.map(text => expect.stringMatching(text)),
      );
      expect(await axe(container)).toHaveNoViolations();
    },
  );

  it('lays teams side by side, each field leading to its explanation', async () => {
    renderPage(<MetricsPage />, {
      dora: { getMetrics: portal() },
      address: '/?period=90d',
    });
    const map = within(
      await screen.findByRole('table', { name: 'Teams by metric' }),
    );
    const field = map.getByRole('link', {
      name: /^Change lead time of Ledger: 10 h/,
    });
    expect(field.getAttribute('href')).toBe(
      '/?period=90d&explain=changeLeadTime&of=group%3Adefault%2Fledger',
    );
    expect(field).toHaveAttribute('data-tone', 'poor');
    const few = map.getByRole('link', { name: /^Change fail rate of Ledger/ });
    expect(few).toHaveTextContent('too little');
    const none = map.getByRole('link', { name: /^Change fail rate of Mobile/ });
    expect(none).toHaveTextContent('no data');
    expect(
      screen.getByText('Change lead time went from 20 h to 10 h'),
    ).toBeVisible();
  });

  it('shows many parts a page at a time, and ranks none of a page', async () => {
    const getMetrics = portal({ metrics, groupsTotal: 250 });
    const { container } = renderPage(<MetricsPage />, { dora: { getMetrics } });
    await screen.findByRole('table', { name: 'Teams by metric' });
    const asked = () =>
      getMetrics.mock.calls
        .map(([query]) => query)
        .filter(({ groupBy }) => groupBy === 'group');
    expect(asked()[0]).toMatchObject({ limit: 100, offset: 0 });
    expect(screen.getByText(/^Who improved and who needs help/)).toBeVisible();
    expect(screen.queryByText(/^Change lead time went from/)).toBeNull();
    expect(await axe(container)).toHaveNoViolations();
    const pages = within(
      screen.getByRole('navigation', { name: 'Pages of teams' }),
    );
    expect(pages.getByText('1 to 100 of 250')).toBeVisible();
    await userEvent.click(pages.getByRole('button', { name: 'Next' }));
    await pages.findByText('101 to 200 of 250');
    expect(asked().at(-1)).toMatchObject({ limit: 100, offset: 100 });
  });

  it('asks for what the address says, by the week and by the team', async () => {
    const getMetrics = portal();
    renderPage(<MetricsPage />, {
      dora: { getMetrics },
      address:
        '/?entityRef=domain:default/payments&bands=2023&period=custom&first=2026-01-01&last=2026-01-31',
    });
    await screen.findByText('10 h', { selector: 'article *' });
    expect(getMetrics.mock.calls[0][0]).toEqual({
      from: '2026-01-01',
      to: '2026-02-01',
      entityRef: 'domain:default/payments',
      bands: '2023',
      groupBy: 'week',
    });
  });

  it('writes the chosen period into the address', async () => {
    renderPage(<MetricsPage />, { dora: { getMetrics: portal() } });
    await userEvent.click(
      await screen.findByRole('button', { name: /Period/ }),
    );
    await userEvent.click(screen.getByRole('option', { name: '12 months' }));
    await waitFor(() =>
      expect(screen.getByTestId('address')).toHaveTextContent('/?period=year'),
    );
  });

  it('writes the chosen definitions into the address', async () => {
    renderPage(<MetricsPage />, { dora: { getMetrics: portal() } });
    await screen.findByText('10 h', { selector: 'article *' });
    await userEvent.click(screen.getByRole('button', { name: 'Definitions' }));
    await userEvent.click(
      await screen.findByRole('button', { name: /Environment/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: 'staging' }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Apply' }));
    await waitFor(() =>
      expect(screen.getByTestId('address')).toHaveTextContent(
        '/?environment=staging',
      ),
    );
  });

  it('teaches where nothing is known at all', async () => {
    renderPage(<MetricsPage />, {
      dora: {
        getMetrics: portal({
          scope: { level: 'organisation', title: 'Larkspur', services: 0 },
        }),
      },
    });
    expect(await screen.findByText('No deliveries yet')).toBeVisible();
    expect(
      screen.getByRole('link', { name: /Connect GitHub/ }),
    ).toHaveAttribute('href', expect.stringContaining('/docs/'));
    expect(screen.queryByRole('article')).toBeNull();
  });

  it('says that numbers are being computed', async () => {
    renderPage(<MetricsPage />, {
      dora: { getMetrics: portal({ metrics, upToDate: false }) },
    });
    expect(await screen.findByText('Numbers are being computed')).toBeVisible();
  });

  it('follows what comes in, and shows the old number until the new one is there', async () => {
    let value = 36_000;
    let hold = Promise.resolve();
    const getMetrics = jest.fn(async () => {
      await hold;
      return fakeAnswer({
        metrics: fakeMetrics({ changeLeadTime: { ...measured, value } }),
      });
    });
    const { signals } = renderPage(<MetricsPage />, { dora: { getMetrics } });
    await screen.findByText('10 h', { selector: 'article *' });

    value = 7200;
    let release = () => {};
    hold = new Promise(resolve => {
      release = resolve;
    });
    const asked = getMetrics.mock.calls.length;
    act(() => signals.send(changedChannel, { services: [] }));
    await waitFor(
      () => expect(getMetrics.mock.calls.length).toBeGreaterThan(asked),
      { timeout: 3000 },
    );
    expect(tile('Change lead time').getByText('10 h')).toBeVisible();
    await act(async () => release());
    expect(await tile('Change lead time').findByText('2 h')).toBeVisible();
  });

  it('listens no longer than it is shown', async () => {
    const { signals, unmount } = renderPage(<MetricsPage />, {
      dora: { getMetrics: portal() },
    });
    await screen.findByText('10 h', { selector: 'article *' });
    expect(signals.listeners(changedChannel)).toBeGreaterThan(0);
    unmount();
    expect(signals.listeners(changedChannel)).toBe(0);
  });

  it('says why there are no numbers, and asks again on demand', async () => {
    let attempts = 0;
    renderPage(<MetricsPage />, {
      dora: {
        getMetrics: async query => {
          attempts += 1;
          if (attempts === 1) throw new Error('No such time zone: Mars');
          return portal()(query);
        },
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'No such time zone: Mars',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByText(
        '10 h',
        { selector: 'article *' },
        { timeout: 3000 },
      ),
    ).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
