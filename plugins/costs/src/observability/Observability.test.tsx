import { readFilter } from '@waymark/plugin-costs-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { totalsOf, type FakeCharge } from '../__testUtils__/fakes';
import { renderPage } from '../__testUtils__/renderPage';
import { addMonths, monthAt } from '../view/months';
import { ObservabilityPage } from './ObservabilityPage';

const month = monthAt(new Date());
const ledger = 'group:default/ledger';
const shop = 'group:default/shop';
const charge = (
  group: string,
  signal: string | null,
  billed: string,
  date = `${month}-01`,
): FakeCharge => ({ date, billed, of: { group, signal } });

const charges = [
  charge(ledger, 'logs', '30'),
  charge(ledger, 'logs', '20', `${addMonths(month, -1)}-01`),
  charge(ledger, 'traces', '10'),
  charge(ledger, null, '60'),
  charge(shop, 'metrics', '5'),
  charge('group:default/quiet', null, '70'),
];

/** As the portal does: a name several times means one or the other. */
const getTotals = async (query: Parameters<typeof totalsOf>[1]) => {
  const wanted = readFilter(query.filter).map(({ value }) => value);
  return totalsOf(
    wanted.length > 0
      ? charges.filter(({ of }) => wanted.includes(of.signal ?? ''))
      : charges,
    { ...query, filter: undefined },
  );
};

const getSignalRules = async () => ({
  items: [
    { signal: 'logs' as const, service: 'AmazonCloudWatch', charge: '*Log*' },
    { signal: 'metrics' as const, service: 'AmazonCloudWatch' },
  ],
});

it('says what each signal came to, and beside the month before', async () => {
  renderPage(<ObservabilityPage />, { costs: { getTotals, getSignalRules } });
  const panel = (
    await screen.findByRole('heading', { name: 'Logs, metrics and traces' })
  ).closest('section')!;
  expect(within(panel).getByText(/^\$45\.00 in /)).toBeVisible();
  const logs = within(panel).getByText('Logs').closest('div')!;
  expect(logs).toHaveTextContent(/\$30\.00/);
  expect(logs).toHaveTextContent(/\+50%/);
});

it('tells teams apart, with what that is of all they spend', async () => {
  renderPage(<ObservabilityPage />, { costs: { getTotals, getSignalRules } });
  const table = await screen.findByRole('table', {
    name: 'Observability by team',
  });
  const rows = within(table).getAllByRole('row').slice(1);
  expect(rows.map(row => row.textContent)).toEqual([
    'ledger$30.00–$10.00$40.0040%',
    'shop–$5.00–$5.00100%',
  ]);
});

it('shows what counts, in order', async () => {
  renderPage(<ObservabilityPage />, { costs: { getTotals, getSignalRules } });
  await userEvent.click(await screen.findByText('2 rules, in their order'));
  expect(screen.getByText('Everything')).toBeVisible();
});

it('says that nothing known is not zero', async () => {
  renderPage(<ObservabilityPage />);
  expect(await screen.findByText(/This is not zero/)).toBeVisible();
  expect(screen.getByText('Nothing does: there is no rule.')).toBeVisible();
});
