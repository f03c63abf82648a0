import type { TotalsAnswer, TotalsQuery } from '@waymark/plugin-costs-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { totalsOf, type FakeCharge } from '../__testUtils__/fakes';
import { renderPage } from '../__testUtils__/renderPage';
import { moversOf } from './movers';
import { OverviewPage } from './OverviewPage';

const thisMonth = new Date().toISOString().slice(0, 7);
const before = (() => {
  const [year, month] = thisMonth.split('-').map(Number);
  return new Date(Date.UTC(year, month - 2, 1)).toISOString().slice(0, 7);
})();

const ledger = {
  group: 'group:default/ledger',
  entity: 'component:default/payments-gateway',
  allocation: 'allocated',
  ServiceName: 'Amazon ECS',
  ResourceName: 'payments-gateway',
};
const nobody = {
  group: null,
  entity: null,
  allocation: 'unallocated',
  ServiceName: 'Amazon EC2',
  ResourceName: 'loadtest-spring-node-1',
};

const charges: FakeCharge[] = [
  {
    date: `${before}-01`,
    billed: '80.0000000001',
    effective: '70',
    of: ledger,
  },
  { date: `${before}-02`, billed: '900', of: nobody },
  {
    date: `${thisMonth}-01`,
    billed: '100.0000000003',
    effective: '91.5',
    of: ledger,
  },
  {
    date: `${thisMonth}-01`,
    billed: '0.1',
    effective: '0.2000000001',
    of: nobody,
  },
  { date: `${thisMonth}-01`, billed: '7', currency: 'EUR', of: ledger },
];

const getTotals = jest.fn(async (query: TotalsQuery) =>
  totalsOf(charges, query),
);

const tile = (name: RegExp) =>
  within(screen.getByRole('heading', { level: 3, name }).closest('article')!);

const show = (address: string) =>
  renderPage(<OverviewPage />, { costs: { getTotals }, address });

describe('OverviewPage', () => {
  it('shows billed and effective apart, beside the same days of the month before', async () => {
    const { container } = show('/');
    await screen.findByRole('heading', { name: /^Billed so far/ });
    await screen.findAllByText(/beside the same days/);
    expect(tile(/^Billed/).getByText('$100.10')).toBeVisible();
    expect(tile(/^Effective/).getByText('$91.70')).toBeVisible();
    // The second of the month before is not compared with: this month knows its first day alone.
    expect(await tile(/^Billed/).findByText('+$20.10')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('shows that the parts add up to the last digit', async () => {
    show('/?measure=BilledCost');
    const panel = within(
      (await screen.findByRole('heading', { name: 'The sum' })).closest(
        'section',
      )!,
    );
    expect(await panel.findByText('Adds up to the last digit')).toBeVisible();
    expect(panel.getByText(/USD 100\.1000000003/)).toBeVisible();
    expect(panel.getByText('USD 100.0000000003')).toBeVisible();
    expect(panel.getByText('All charges of bills')).toBeVisible();
    expect(
      panel.getByText(/beside the charges themselves, as bills have them/),
    ).toBeVisible();
  });

  it('says what it is beside where the charges themselves are not told', async () => {
    renderPage(<OverviewPage />, {
      costs: {
        getTotals: async ({ check: _, ...query }) => totalsOf(charges, query),
      },
      address: '/?measure=BilledCost',
    });
    expect(
      await screen.findByText(/beside what the portal says of all of them/),
    ).toBeVisible();
    expect(screen.queryByText('All charges of bills')).toBeNull();
  });

  it.each<[string, (whole: TotalsAnswer) => Partial<TotalsAnswer>]>([
    ['a part', ({ items }) => ({ items: items.slice(0, 1) })],
    [
      'a charge of all that is told',
      ({ items, totals }) => ({
        items: items.slice(0, 1),
        totals: [{ ...totals[0], amount: items[0].amount }],
      }),
    ],
  ])('says so when %s is lost', async (_, lose) => {
    renderPage(<OverviewPage />, {
      costs: {
        getTotals: async query => {
          const answer = totalsOf(charges, query);
          return query.check ? { ...answer, ...lose(answer) } : answer;
        },
      },
      address: '/?measure=BilledCost',
    });
    expect(await screen.findByText('Off by −USD 0.1')).toBeVisible();
  });

  it('names what nobody owns, and says what to do', async () => {
    show('/');
    const panel = within(
      (
        await screen.findByRole('heading', { name: 'What nobody owns' })
      ).closest('section')!,
    );
    expect(
      await panel.findByRole('link', { name: 'loadtest-spring-node-1' }),
    ).toBeVisible();
    expect(panel.getByText(/Tag these with their component/)).toBeVisible();
  });

  it('keeps currencies apart, and the address says which is looked at', async () => {
    show('/?currency=EUR');
    expect(await screen.findByText(/never added up/)).toBeVisible();
    await screen.findByRole('heading', { name: /^Billed so far/ });
    expect(tile(/^Billed/).getByText('€7.00')).toBeVisible();
  });

  it('puts a chosen month into the address', async () => {
    show('/');
    const button = await screen.findByRole('button', { name: /Month/ });
    await userEvent.click(button);
    await userEvent.click(screen.getAllByRole('option')[1]);
    expect(screen.getByTestId('address')).toHaveTextContent(`month=${before}`);
  });

  it('says that nothing known is not zero, and what to do', async () => {
    renderPage(<OverviewPage />);
    expect(
      await screen.findByText('No bill of the last 13 months is known'),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Bring in the bills' }),
    ).toHaveAttribute('href', expect.stringContaining('/how-to/import-bills'));
  });

  it('says what went wrong, and asks again when told to', async () => {
    const failing = jest
      .fn()
      .mockRejectedValueOnce(new Error('The database is away'))
      .mockImplementation(getTotals);
    renderPage(<OverviewPage />, { costs: { getTotals: failing } });
    expect(await screen.findByText('The database is away')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('heading', { name: /^Billed so far/ }),
    ).toBeVisible();
  });
});

describe('movers', () => {
  const answer = (amounts: Record<string, string>) =>
    totalsOf(
      Object.entries(amounts).map(([ServiceName, billed]) => ({
        date: '2026-10-01',
        billed,
        of: { ServiceName },
      })),
      { from: '2026-10-01', to: '2026-11-01', groupBy: 'ServiceName' },
    );

  it('are ranked by how much they moved, new and gone among them', () => {
    expect(
      moversOf(
        answer({ kept: '10', dearer: '30.5', new: '5' }),
        answer({ kept: '10', dearer: '20', gone: '40' }),
        'USD',
      ).map(({ key, change, kind, ratio }) => [key, change, kind, ratio]),
    ).toEqual([
      ['gone', '-40', 'gone', -1],
      ['dearer', '10.5', 'more', 0.525],
      ['new', '5', 'new', undefined],
      ['kept', '0', 'same', 0],
    ]);
  });
});
