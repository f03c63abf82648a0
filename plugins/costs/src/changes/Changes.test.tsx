import type { ChangeLines, LineChange } from '@waymark/plugin-costs-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { changesOf, totalsOf, type FakeCharge } from '../__testUtils__/fakes';
import { renderPage } from '../__testUtils__/renderPage';
import { OverviewPage } from '../overview/OverviewPage';
import { reasonText } from './words';

const none = { new: '0', gone: '0', quantity: '0', price: '0', other: '0' };
const orders = {
  group: 'group:default/ledger',
  entity: 'resource:default/orders-db',
  allocation: 'allocated',
};
const charges: FakeCharge[] = [
  { date: '2026-09-01', billed: '100', of: orders },
  { date: '2026-10-01', billed: '130', of: orders },
  { date: '2026-10-31', billed: '0', of: orders },
];
const line: LineChange = {
  resourceId: 'arn:orders-db',
  resourceName: 'orders-db',
  providerName: 'AWS',
  serviceName: 'Amazon RDS',
  description: 'db.r6g.2xl per hour',
  chargeCategory: 'Usage',
  unit: 'Hrs',
  quantityBefore: '50',
  quantityNow: '55',
  isNew: false,
  isGone: false,
  currency: 'USD',
  before: '100',
  now: '130',
  parts: { ...none, quantity: '10', price: '20' },
};
const lines = (items: LineChange[]): ChangeLines => ({
  now: { from: '2026-10-01', to: '2026-11-01' },
  before: { from: '2026-09-01', to: '2026-10-01' },
  measure: 'BilledCost',
  items,
  others: [
    { currency: 'USD', groups: 3, before: '1', now: '0.5', parts: none },
  ],
});

function show(items: LineChange[] = [line], address = '') {
  return renderPage(<OverviewPage />, {
    address: `/?month=2026-10&measure=BilledCost${address}`,
    costs: {
      getTotals: async query => totalsOf(charges, query),
      getChanges: async query => {
        const answer = changesOf(charges, query);
        const { parts } = line;
        return {
          ...answer,
          totals: answer.totals.map(total => ({ ...total, parts })),
          items: answer.items.map(item => ({ ...item, parts })),
        };
      },
      getChangeLines: async () => lines(items),
    },
  });
}

const panel = async () =>
  within(
    (await screen.findByRole('heading', { name: 'What changed' })).closest(
      'section',
    )!,
  );

describe('what changed', () => {
  it('is told in its parts, with the reason that weighs most', async () => {
    const { container } = show();
    const changed = await panel();
    expect(
      await changed.findByText(
        '$100.00 before, $130.00 now: +$30.00 beside September. It is made of:',
      ),
    ).toBeVisible();
    expect(changed.getByText('Quantity')).toBeVisible();
    expect(changed.getByText('+$20.00')).toBeVisible();
    // What did not happen is not shown as zero.
    expect(changed.queryByText('Gone')).toBeNull();
    expect(
      changed.getByText('$100.00 before, $130.00 now; mostly a higher price'),
    ).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('opens into the lines behind, which the address remembers', async () => {
    show();
    const changed = await panel();
    await userEvent.click(
      await changed.findByRole('button', { name: 'Why orders-db changed' }),
    );
    const table = await changed.findByRole('table', {
      name: 'What changed of orders-db',
    });
    expect(within(table).getByText('50 → 55 Hrs')).toBeVisible();
    expect(within(table).getByText('$2 → $2.364')).toBeVisible();
    expect(changed.getByText('3 more lines made −$0.50 of it.')).toBeVisible();
    expect(screen.getByTestId('address')).toHaveTextContent(
      'why=of+resource%3Adefault%2Forders-db',
    );
  });

  it('says what is new or gone, and what bills do not say', async () => {
    show(
      [
        { ...line, isNew: true, quantityBefore: null, before: '0' },
        { ...line, isGone: true, quantityNow: null, now: '0' },
        { ...line, quantityBefore: null, quantityNow: null },
      ],
      '&why=of+resource:default/orders-db',
    );
    const table = await (
      await panel()
    ).findByRole('table', { name: 'What changed of orders-db' });
    expect(within(table).getByText('new: 55 Hrs')).toBeVisible();
    expect(within(table).getByText('gone: 50 Hrs')).toBeVisible();
    expect(within(table).getAllByText('not said')).toHaveLength(2);
  });

  it('has the reason that weighs most, whichever way it goes', () => {
    expect(reasonText(none)).toBeUndefined();
    expect(reasonText({ ...none, gone: '-5', price: '3' })).toBe(
      'mostly something that is gone',
    );
  });
});
