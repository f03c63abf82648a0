import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { fakeBudget, fakeOutlook } from '../__testUtils__/fakes';
import { renderPage } from '../__testUtils__/renderPage';
import type { CostsApi } from '../api/CostsApi';
import { BudgetsPage } from './BudgetsPage';
import { readPercents, thresholdsText, worstFirst } from './words';

const show = (
  budgets = [fakeBudget()],
  costs: Partial<CostsApi> = {},
  address = '/costs/budgets',
) =>
  renderPage(<BudgetsPage />, {
    address,
    costs: {
      listBudgets: async ({ entityRef }) => ({
        items: budgets,
        total: budgets.length,
        ...(entityRef ? { maySet: true } : {}),
      }),
      ...costs,
    },
  });

describe('BudgetsPage', () => {
  it('shows what is spent, expected and left, and who is told', async () => {
    const { container } = show();
    const card = within(
      await screen.findByRole('article', { name: 'Ledger, November 2026' }),
    );
    expect(card.getByText('Expected to be over')).toBeVisible();
    expect(card.getByText('Spent, 60%')).toBeVisible();
    expect(card.getByText('$1,200')).toBeVisible();
    expect(
      card.getByText(
        /\$400.00 left. Expected between \$1,100 and \$1,300 \(80% sure\). Effective cost, billed until 1 Nov 2026. Told at 80% billed and 100% expected./,
      ),
    ).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says what is over, and where too little is known for a forecast', async () => {
    show([
      fakeBudget({
        status: {
          state: 'over',
          spent: '1250',
          remaining: '-250',
          outlook: fakeOutlook({
            state: 'insufficient',
            reason: '3 days are known, and 28 are needed',
            expected: null,
            low: null,
            high: null,
          }),
        },
      }),
    ]);
    expect(await screen.findByText('Over')).toBeVisible();
    expect(screen.getByText('not enough history')).toBeVisible();
    expect(
      screen.getByText(
        /\$250.00 more than there is. No forecast: 3 days are known/,
      ),
    ).toBeVisible();
  });

  it('sets a budget once, however often it is sent, and keeps what is typed when it is refused', async () => {
    const ids: string[] = [];
    const putBudget = jest
      .fn<
        ReturnType<CostsApi['putBudget']>,
        Parameters<CostsApi['putBudget']>
      >()
      .mockImplementationOnce(async id => {
        ids.push(id);
        throw new Error('The portal is away');
      })
      .mockImplementation(async (id, order) => {
        ids.push(id);
        return fakeBudget({ ...order, id });
      });
    show([], { putBudget }, '/costs/budgets?entityRef=group:default/ledger');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Set a budget' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Set it' }));
    expect(await dialog.findByText(/Say how much it is/)).toBeVisible();
    await userEvent.type(
      dialog.getByRole('textbox', { name: /Amount/ }),
      '12,000.50',
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Set it' }));
    expect(await dialog.findByText('The portal is away')).toBeVisible();
    await userEvent.click(dialog.getByRole('button', { name: 'Set it' }));
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBe(ids[1]);
    expect(putBudget.mock.lastCall?.[1]).toEqual({
      version: 0,
      entityRef: 'group:default/ledger',
      period: 'month',
      currency: 'USD',
      measure: 'EffectiveCost',
      amount: '12000.50',
      thresholds: [
        { basis: 'actual', percent: 80 },
        { basis: 'actual', percent: 100 },
        { basis: 'forecast', percent: 100 },
      ],
    });
  });

  it('changes and ends a budget as it was looked at', async () => {
    const putBudget = jest.fn(async () => fakeBudget());
    const endBudget = jest.fn(async () => undefined);
    show([fakeBudget({ version: 4 })], { putBudget, endBudget });
    const change = { name: 'Change the budget: Ledger, November 2026' };
    await userEvent.click(await screen.findByRole('button', change));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Change it' }),
    );
    expect(putBudget).toHaveBeenCalledWith(
      fakeBudget().id,
      expect.objectContaining({ version: 4, amount: '1000' }),
    );
    await userEvent.click(await screen.findByRole('button', change));
    await userEvent.click(
      await screen.findByRole('button', { name: 'End this budget' }),
    );
    expect(endBudget).toHaveBeenCalledWith(fakeBudget().id, 4);
  });

  it('says that none is set, and offers a change only to those who may', async () => {
    show([]);
    expect(await screen.findByText('No budget is set')).toBeVisible();
  });

  it('offers no change to those who may not', async () => {
    show([fakeBudget({ mayChange: false })]);
    await screen.findByRole('article', { name: /Ledger/ });
    expect(screen.queryByRole('button', { name: /Change the/ })).toBeNull();
  });
});

describe('words of budgets', () => {
  it('tell when the owner is told', () => {
    expect(thresholdsText([])).toBe('Nobody is told of it');
    expect(
      thresholdsText([
        { basis: 'actual', percent: 50 },
        { basis: 'actual', percent: 80 },
      ]),
    ).toBe('Told at 50% and 80% billed');
  });

  it('read per cents as people write them', () => {
    expect(readPercents('80 %, 100;120')).toEqual([80, 100, 120]);
    expect(readPercents('')).toEqual([]);
    expect(readPercents('0')).toBeUndefined();
    expect(readPercents('eighty')).toBeUndefined();
  });

  it('put what needs somebody first', () => {
    const within1 = fakeBudget({ status: { state: 'within', share: 0.9 } });
    const over = fakeBudget({ status: { state: 'over', share: 1.1 } });
    const within2 = fakeBudget({ status: { state: 'within', share: 0.95 } });
    expect([within1, over, within2].sort(worstFirst)).toEqual([
      over,
      within2,
      within1,
    ]);
  });
});
