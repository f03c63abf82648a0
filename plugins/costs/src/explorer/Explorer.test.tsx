import type { TotalsQuery } from '@waymark/plugin-costs-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { totalsOf, type FakeCharge } from '../__testUtils__/fakes';
import { renderPage } from '../__testUtils__/renderPage';
import { atMost, seriesOf, sumOn } from '../charts/stack';
import { csvOf } from './csv';
import { ExplorerPage } from './ExplorerPage';

const charge = (
  date: string,
  billed: string,
  ServiceName: string,
): FakeCharge => ({
  date,
  billed,
  of: { ServiceName, RegionName: 'Frankfurt' },
});

const charges = [
  charge('2026-10-01', '3.0000000001', 'Storage'),
  charge('2026-10-02', '5', 'Compute, spot'),
  charge('2026-10-02', '-1', '=HYPERLINK("x")'),
];

const getTotals = jest.fn(async (query: TotalsQuery) =>
  totalsOf(charges, query),
);
const address =
  '/?period=custom&first=2026-10-01&last=2026-10-02&groupBy=ServiceName&measure=BilledCost';

describe('ExplorerPage', () => {
  it('shows what the address says as rows that add up', async () => {
    const { container } = renderPage(<ExplorerPage />, {
      costs: { getTotals },
      address,
    });
    const rows = await screen.findByRole('table', { name: 'Costs by row' });
    expect(
      within(rows)
        .getAllByRole('row')
        .slice(1)
        .map(row => row.textContent),
    ).toEqual([
      'Compute, spot71.4%$5.00',
      'Storage42.9%$3.00',
      '=HYPERLINK("x")-14.3%-$1.00',
    ]);
    expect(screen.getByText(/USD 7\.0000000001/)).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('narrows to the charges of a row by the address', async () => {
    renderPage(<ExplorerPage />, { costs: { getTotals }, address });
    await userEvent.click(
      await screen.findByRole('link', { name: 'Compute, spot' }),
    );
    expect(
      await screen.findByRole('button', {
        name: 'Without the condition Service: Compute, spot',
      }),
    ).toBeVisible();
    expect(await screen.findByText(/USD 5$/)).toBeVisible();
    expect(getTotals).toHaveBeenLastCalledWith(
      expect.objectContaining({ filter: 'ServiceName=Compute%2C spot' }),
      expect.anything(),
    );
  });

  it('says that no charge is not zero', async () => {
    renderPage(<ExplorerPage />, {
      costs: { getTotals },
      address: '/?period=custom&first=2001-01-01&last=2001-01-02',
    });
    expect(await screen.findByText(/there is no charge at all/)).toBeVisible();
  });
});

describe('rows as CSV', () => {
  const answer = totalsOf(charges, {
    from: '2026-10-01',
    to: '2026-10-03',
    groupBy: 'ServiceName',
    interval: 'day',
  });
  const series = seriesOf(answer, 'USD');

  it('are those that are shown, exact, and run nothing in a spreadsheet', () => {
    expect(
      csvOf({
        series,
        dates: ['2026-10-01', '2026-10-02'],
        dimension: 'ServiceName',
        measure: 'BilledCost',
        currency: 'USD',
      }).split('\r\n'),
    ).toEqual([
      'ServiceName,Title,Currency,BilledCost,2026-10-01,2026-10-02',
      '"Compute, spot","Compute, spot",USD,5,0,5',
      'Storage,Storage,USD,3.0000000001,3.0000000001,0',
      `"'=HYPERLINK(""x"")","'=HYPERLINK(""x"")",USD,-1,0,-1`,
      '',
    ]);
  });

  it('lose nothing when what is small is put together', () => {
    const few = atMost(series, 1);
    expect(few.map(({ title }) => title)).toEqual(['Compute, spot', 'Others']);
    for (const date of ['2026-10-01', '2026-10-02']) {
      expect(sumOn(few, date)).toBe(sumOn(series, date));
    }
  });
});
