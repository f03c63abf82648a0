import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { fakeImport } from '../__testUtils__/fakeImport';
import type { Sending } from '../api/sendFile';
import { renderPage } from '../__testUtils__/renderPage';
import { sizeText } from '../words/imports';
import { ImportsPage } from './ImportsPage';

const costs = (billed: string) => ({
  BilledCost: billed,
  EffectiveCost: billed,
  ListCost: billed,
  ContractedCost: billed,
});

const period = {
  billingPeriodStart: '2026-10-01',
  currency: 'USD',
  rows: 4434,
  totals: costs('126891.5310890267'),
  replaced: { rows: 4400, totals: costs('126000.5310890267') },
};

const report = {
  format: 'gzip' as const,
  focusVersion: '1.2' as const,
  columns: {
    missing: ['InvoiceId'],
    unknown: ['x_CostCenter'],
    wrongType: [],
  },
  rows: 4434,
  refused: { count: 0, rows: [] },
  periods: [period],
  warnings: ['12 tag keys began with a space'],
};

const done = fakeImport({ report });
const failed = fakeImport({
  id: '00000000-0000-4000-8000-000000000001',
  filename: 'broken.csv',
  state: 'failed',
  error: 'The file ends in the middle of a row; hand it in whole.',
});

const bill = {
  source: 'aws',
  billingPeriodStart: '2026-10-01',
  billingPeriodEnd: '2026-11-01',
  currency: 'USD',
  rows: 4434,
  totals: costs('126891.5310890267'),
  importId: done.id,
  filename: done.filename,
  importedAt: '2026-11-02T08:00:02Z',
};

const listImports = async () => ({ items: [done, failed], total: 2 });
const listBills = async () => ({ items: [bill] });
const getImport = async (id: string) => (id === done.id ? done : failed);

describe('ImportsPage', () => {
  it('lists files, and what counts to the last digit', async () => {
    const { container } = renderPage(<ImportsPage />, {
      costs: { listImports, listBills },
    });
    const files = await screen.findByRole('table', { name: 'Imports' });
    expect(within(files).getByText('Refused')).toBeVisible();
    expect(within(files).getByText('October 2026')).toBeVisible();
    const bills = await screen.findByRole('table', {
      name: 'Bills that count',
    });
    expect(within(bills).getAllByText('USD 126,891.5310890267')).toHaveLength(
      2,
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it('opens the report of a file, with what it replaced', async () => {
    renderPage(<ImportsPage />, {
      costs: { listImports, listBills, getImport },
    });
    const files = await screen.findByRole('table', { name: 'Imports' });
    await userEvent.click(
      within(files).getByRole('link', { name: done.filename }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(await dialog.findByText(/FOCUS 1.2 in gzip/)).toBeVisible();
    expect(dialog.getByText(/Missing: InvoiceId/)).toBeVisible();
    expect(dialog.getByText(/x_CostCenter/)).toBeVisible();
    expect(dialog.getByText('USD 126,000.5310890267 (+$891.00)')).toBeVisible();
    expect(screen.getByTestId('address')).toHaveTextContent(done.id);
  });

  it('says why a file was refused', async () => {
    renderPage(<ImportsPage />, {
      costs: { listImports, listBills, getImport },
      address: `/?import=${failed.id}`,
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The file ends in the middle of a row',
    );
  });

  it('says how many refused rows it leaves out, and shows them', async () => {
    const rows = Array.from({ length: 30 }, (_, index) => ({
      line: index + 2,
      column: 'BilledCost',
      reason: '"x" is not a decimal number',
    }));
    const refused = { ...report, refused: { count: 2431, rows } };
    renderPage(<ImportsPage />, {
      costs: {
        listImports,
        listBills,
        getImport: async () => ({ ...failed, report: refused }),
      },
      address: `/?import=${failed.id}`,
    });
    const table = await screen.findByRole('table', { name: 'Refused rows' });
    const dialog = within(screen.getByRole('dialog'));
    expect(dialog.getByText(/The first 20 are shown/)).toBeVisible();
    expect(within(table).getAllByRole('row')).toHaveLength(21);
    await userEvent.click(dialog.getByRole('button', { name: 'Show 30' }));
    expect(dialog.getByText(/The report has the first 30/)).toBeVisible();
    expect(
      within(dialog.getByRole('table', { name: 'Refused rows' })).getAllByRole(
        'row',
      ),
    ).toHaveLength(31);
  });

  it('cancels an import that is not over, and no other', async () => {
    let one = fakeImport({ state: 'reading' });
    const cancelImport = jest.fn(async () => {
      one = fakeImport({ state: 'failed', error: 'amara cancelled it' });
      return one;
    });
    renderPage(<ImportsPage />, {
      costs: {
        listImports,
        listBills,
        getImport: async () => one,
        cancelImport,
      },
      address: `/?import=${one.id}`,
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Cancel this import' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'amara cancelled it',
    );
    expect(cancelImport).toHaveBeenCalledWith(one.id);
    expect(
      screen.queryByRole('button', { name: 'Cancel this import' }),
    ).toBeNull();
  });

  it('takes back what counts of a file, after saying what will be gone', async () => {
    let one = done;
    let bills = [bill];
    const withdrawImport = jest.fn(async (_id: string, order: object) => {
      bills = [];
      one = fakeImport({
        report,
        state: 'withdrawn',
        withdrawal: {
          at: '2026-11-03T09:00:00Z',
          by: 'user:default/priya',
          reason: 'Wrong company',
          periods: [period],
          ...order,
        },
      });
      return one;
    });
    renderPage(<ImportsPage />, {
      costs: {
        listImports,
        listBills: async () => ({ items: bills }),
        getImport: async () => one,
        withdrawImport,
      },
      address: `/?import=${done.id}`,
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Take this import back' }),
    );
    const dialog = within(
      await screen.findByRole('dialog', { name: /^Take back/ }),
    );
    const gone = within(
      dialog.getByRole('table', { name: 'What will be gone' }),
    );
    expect(gone.getByText('October 2026')).toBeVisible();
    expect(gone.getByText('4,434')).toBeVisible();
    expect(gone.getAllByText('USD 126,891.5310890267')).toHaveLength(2);
    expect(dialog.getByText(/Nothing of aws counts/)).toHaveTextContent(
      'What this file replaced does not come back',
    );
    expect(await axe(document.body)).toHaveNoViolations();
    const take = dialog.getByRole('button', { name: 'Take it back' });
    expect(take).toBeDisabled();
    await userEvent.type(dialog.getByLabelText(/Why/), ' Wrong company ');
    await userEvent.click(take);
    expect(
      await screen.findByRole('table', { name: 'What counted until then' }),
    ).toBeVisible();
    expect(screen.getByText(/user:default\/priya/)).toHaveTextContent(
      '“Wrong company”',
    );
    expect(withdrawImport).toHaveBeenCalledWith(done.id, {
      reason: 'Wrong company',
    });
    expect(
      screen.queryByRole('button', { name: 'Take this import back' }),
    ).toBeNull();
    // The page below reads anew what counts.
    expect(await screen.findByText('No bill is known yet')).toBeInTheDocument();
  });

  it('keeps the reason when it is not taken back', async () => {
    renderPage(<ImportsPage />, {
      costs: {
        listImports,
        listBills,
        getImport,
        withdrawImport: async () => {
          throw new Error('Bills of the source are being stored');
        },
      },
      address: `/?import=${done.id}`,
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Take this import back' }),
    );
    await userEvent.type(await screen.findByLabelText(/Why/), 'Wrong');
    await userEvent.click(screen.getByRole('button', { name: 'Take it back' }));
    expect(await screen.findByText(/are being stored/)).toBeVisible();
    expect(screen.getByLabelText(/Why/)).toHaveValue('Wrong');
    await userEvent.click(screen.getByRole('button', { name: 'Leave it' }));
    expect(await screen.findByText(/FOCUS 1.2 in gzip/)).toBeVisible();
  });

  it.each([
    ['nothing of it counts', { listBills: async () => ({ items: [] }) }, true],
    ['one may not', { listBills }, false],
  ])('takes nothing back where %s', async (_, given, allowed) => {
    renderPage(<ImportsPage />, {
      costs: { listImports, getImport, ...given },
      address: `/?import=${done.id}`,
      allowed,
    });
    expect(await screen.findByText(/FOCUS 1.2 in gzip/)).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Take this import back' }),
    ).toBeNull();
  });

  it('hands in a file, and shows how far it is', async () => {
    const importBill = jest.fn(async () => failed);
    renderPage(<ImportsPage />, {
      costs: { listImports, listBills, getImport, importBill },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Hand in a bill' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(dialog.getByLabelText(/Source/), ' aws ');
    const file = new File(['x'], 'bill.csv');
    await userEvent.upload(dialog.getByLabelText(/FOCUS bill/), file);
    await userEvent.click(
      dialog.getByRole('button', { name: /a few rows of another month/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: 'Leave these rows out' }),
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Hand it in' }));
    await waitFor(() =>
      expect(importBill).toHaveBeenCalledWith(
        { source: 'aws', file, strays: 'leave' },
        expect.anything(),
      ),
    );
    expect(await screen.findByText(/ends in the middle/)).toBeVisible();
  });

  it('says how much of a file is sent, and stops with the dialog', async () => {
    let sending: Sending = {};
    renderPage(<ImportsPage />, {
      costs: {
        importBill: (_, given = {}) => {
          sending = given;
          return new Promise(() => {});
        },
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Hand in a bill' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(dialog.getByLabelText(/Source/), 'aws');
    await userEvent.upload(
      dialog.getByLabelText(/FOCUS bill/),
      new File(['x'.repeat(2_000)], 'bill.csv'),
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Hand it in' }));
    act(() => sending.onSent?.(500));
    const bar = await dialog.findByRole('progressbar', {
      name: '500 bytes of 2 kB sent',
    });
    expect(bar).toHaveAttribute('value', '500');
    expect(bar).toHaveAttribute('max', '2000');
    act(() => sending.onSent?.(2_000));
    expect(dialog.getByText(/All of it is sent/)).toBeVisible();
    expect(sending.signal?.aborted).toBe(false);
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel' }));
    expect(sending.signal?.aborted).toBe(true);
  });

  it.each([
    [
      { stage: 'checking' as const, step: 1, done: 3_000, total: 12_000 },
      'Step 1 of 4: checking the file, 3 kB of 12 kB',
      '3000',
    ],
    [
      { stage: 'summing' as const, step: 2 },
      'Step 2 of 4: summing up its rows',
      null,
    ],
  ])('says how far one is: %j', async (progress, text, value) => {
    const one = fakeImport({
      state: 'reading',
      progress: { steps: 4, ...progress },
    });
    renderPage(<ImportsPage />, {
      costs: {
        listImports: async () => ({ items: [one], total: 1 }),
        getImport: async () => one,
      },
      address: `/?import=${one.id}`,
    });
    const bar = await screen.findByRole('progressbar', { name: text });
    expect(bar.getAttribute('value')).toBe(value);
    expect(screen.getAllByText(text)).toHaveLength(2);
  });

  it('keeps what was chosen when the portal does not take it', async () => {
    renderPage(<ImportsPage />, {
      costs: {
        importBill: async () => {
          throw new Error('source: "A W S" is no name');
        },
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Hand in a bill' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(dialog.getByLabelText(/Source/), 'A W S');
    await userEvent.upload(
      dialog.getByLabelText(/FOCUS bill/),
      new File(['x'], 'bill.csv'),
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Hand it in' }));
    expect(await dialog.findByText(/is no name/)).toBeVisible();
    expect(dialog.getByLabelText(/Source/)).toHaveValue('A W S');
  });

  it('says where nothing is', async () => {
    renderPage(<ImportsPage />);
    expect(await screen.findByText('No file came in yet.')).toBeVisible();
    expect(await screen.findByText('No bill is known yet')).toBeVisible();
  });
});

describe('sizes', () => {
  it('are said in the unit that people use', () => {
    expect([0, 999, 310_331, 2_500_000_000].map(sizeText)).toEqual([
      '0 bytes',
      '999 bytes',
      '310.3 kB',
      '2.5 GB',
    ]);
  });
});
