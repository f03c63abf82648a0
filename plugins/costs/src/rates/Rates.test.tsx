import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeRate, totalsOf, type FakeCharge } from '../__testUtils__/fakes';
import { renderPage } from '../__testUtils__/renderPage';
import { ExplorerPage } from '../explorer/ExplorerPage';
import { RatesPage } from './RatesPage';

const listRates = async () => ({ items: [fakeRate()], total: 1 });

describe('the table of rates', () => {
  it('says what a unit is, for how long, and who says so', async () => {
    renderPage(<RatesPage />, { costs: { listRates } });
    const table = await screen.findByRole('table', { name: 'Exchange rates' });
    expect(within(table).getByText('1 EUR = 1.0825 USD')).toBeVisible();
    expect(within(table).getByText('1 Oct 2026 to 31 Oct 2026')).toBeVisible();
    expect(within(table).getByText('European Central Bank')).toBeVisible();
  });

  it('sets, changes and removes', async () => {
    const putRate = jest.fn(async () => fakeRate());
    const removeRate = jest.fn(async () => undefined);
    renderPage(<RatesPage />, { costs: { listRates, putRate, removeRate } });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Set a rate' }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Set it' }));
    expect(await screen.findByText(/Say which currencies/)).toBeVisible();
    await userEvent.type(screen.getByLabelText(/^From\b(?! the)/), 'eur');
    await userEvent.type(screen.getByLabelText(/^Into/), 'usd');
    await userEvent.type(screen.getByLabelText('From the day'), '2026-11-01');
    await userEvent.type(screen.getByLabelText(/^Rate/), '1.09');
    await userEvent.type(screen.getByLabelText(/^Source/), 'ECB');
    await userEvent.click(screen.getByRole('button', { name: 'Set it' }));
    expect(await screen.findByText('It is kept.')).toBeVisible();
    expect(putRate).toHaveBeenCalledWith(
      { from: 'EUR', to: 'USD', day: '2026-11-01' },
      { rate: '1.09', source: 'ECB' },
    );
    await userEvent.click(
      screen.getByRole('button', { name: /^Change the rate of EUR/ }),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Remove this rate' }),
    );
    expect(removeRate).toHaveBeenCalledWith(
      expect.objectContaining({ from: 'EUR', to: 'USD', day: '2026-10-01' }),
    );
  });

  it('keeps a file that is refused, and says why', async () => {
    const importRates = jest
      .fn()
      .mockRejectedValue(new Error('line 2: rate: "x" is no number'));
    renderPage(<RatesPage />, { costs: { importRates } });
    await userEvent.click(
      await screen.findByRole('button', { name: 'From a file' }),
    );
    await userEvent.upload(
      screen.getByLabelText('File'),
      // The browser of these tests cannot read files.
      Object.assign(new File([''], 'rates.csv', { type: 'text/csv' }), {
        text: async () => 'from,to,day,rate\nEUR,USD,2026-01-01,x',
      }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Take them' }));
    expect(await screen.findByText(/line 2: rate/)).toBeVisible();
  });

  it('says that nothing is guessed, and who sets rates', async () => {
    renderPage(<RatesPage />);
    expect(await screen.findByText('No exchange rate is known')).toBeVisible();
    expect(screen.getByText(/no rate is guessed/)).toBeVisible();
  });
});

describe('a currency for all', () => {
  const charges: FakeCharge[] = [
    { date: '2026-03-02', billed: '5', of: {}, currency: 'USD' },
  ];
  const address = '/?period=custom&first=2026-03-01&last=2026-03-31&into=USD';

  it('is asked for, and the rates and what is missing are told', async () => {
    const getTotals = jest.fn(async query => ({
      ...totalsOf(charges, query),
      conversion: {
        currency: 'USD',
        rates: [
          {
            from: 'EUR',
            day: '2026-03-01',
            rate: '1.1',
            source: 'ECB',
            first: '2026-03-02',
            last: '2026-03-02',
            amount: '4',
            converted: '4.4',
          },
        ],
        missing: [
          {
            from: 'GBP',
            first: '2026-03-02',
            last: '2026-03-04',
            days: 2,
            amount: '3.05',
          },
        ],
      },
    }));
    renderPage(<ExplorerPage />, {
      costs: { getTotals, listRates },
      address,
    });
    const note = await screen.findByRole('complementary', {
      name: 'Conversion',
    });
    expect(within(note).getByText('GBP 3.05')).toBeVisible();
    expect(note).toHaveTextContent(/no rate of GBP in USD holds then/);
    expect(note).toHaveTextContent(/by 1 rate of ECB/);
    expect(note).toHaveTextContent('1 EUR = 1.1 USD');
    expect(getTotals).toHaveBeenCalledWith(
      expect.objectContaining({ currency: 'USD' }),
      expect.anything(),
    );
    await userEvent.click(screen.getByRole('button', { name: /Currency/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'EUR as billed' }),
    );
    expect(screen.getByTestId('address')).toHaveTextContent('currency=EUR');
    expect(screen.getByTestId('address')).not.toHaveTextContent('into');
  });
});
