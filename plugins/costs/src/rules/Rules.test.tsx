import type { Rule, RuleChange, RuleSet } from '@waymark/plugin-costs-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { fakeReallocation, totalsOf } from '../__testUtils__/fakes';
import { renderPage } from '../__testUtils__/renderPage';
import { RulesPage } from './RulesPage';

const rules: Rule[] = [
  {
    id: 'team-tag',
    title: 'The tag team names a team',
    by: 'name',
    value: 'Tags/team',
    kind: 'group',
  },
  { id: 'tax', title: 'Tax is everybody’s', by: 'share', split: 'use' },
];
const set: RuleSet = {
  id: '7',
  rules,
  changedBy: 'user:default/priya',
  changedAt: '2026-10-02T08:00:00Z',
};
const change: RuleChange = {
  bills: 1,
  changes: 1,
  items: [
    {
      billingPeriodStart: '2026-10-01',
      part: 'allocated',
      entityRef: null,
      currency: 'USD',
      before: '10',
      after: '12.5000000001',
    },
  ],
};
const costs = (billed: string) => ({
  BilledCost: billed,
  EffectiveCost: billed,
  ListCost: billed,
  ContractedCost: billed,
});
const known = {
  getRules: async () => set,
  listBills: async () => ({
    items: [
      {
        source: 'aws',
        billingPeriodStart: '2026-10-01',
        billingPeriodEnd: '2026-11-01',
        currency: 'USD',
        rows: 2,
        totals: costs('40'),
        importId: '6f1c2a54-4c5e-4b0e-9a6f-2f7a0c0d1e11',
        filename: 'bill.csv',
        importedAt: '2026-11-02T08:00:02Z',
      },
    ],
  }),
  getTotals: async (query: Parameters<typeof totalsOf>[1]) =>
    totalsOf(
      [
        { date: '2026-10-02', billed: '30', of: { rule: 'team-tag' } },
        { date: '2026-10-02', billed: '10', of: { rule: null } },
      ],
      query,
    ),
  getUnallocated: async () => ({
    items: [
      {
        cause: 'Tags/team=paymets',
        currency: 'USD',
        amount: '10',
        resources: 2,
      },
      {
        cause: null,
        serviceName: 'Amazon RDS, reserved',
        isTagged: false,
        currency: 'USD',
        amount: '9',
        resources: 7,
      },
      {
        cause: null,
        serviceName: null,
        isTagged: true,
        currency: 'USD',
        amount: '8',
        resources: 1,
      },
    ],
  }),
};
const button = (name: string | RegExp) => screen.findByRole('button', { name });

describe('RulesPage', () => {
  it('shows the rules in their order, what each took, and why things are nobody’s', async () => {
    const { container } = renderPage(<RulesPage />, { costs: known });
    expect(
      await screen.findByText('To the group that “Tag team” names.'),
    ).toBeVisible();
    expect(await screen.findByRole('link', { name: '$30.00' })).toBeVisible();
    expect(screen.getByText('75%')).toBeVisible();
    expect(
      await screen.findByText('Tag team is “paymets”, and nobody is called so'),
    ).toBeVisible();
    expect(
      screen.getByText('Amazon RDS, reserved, without tags'),
    ).toBeVisible();
    expect(screen.getByText(/^What no bill names, tagged, but/)).toBeVisible();
    expect(screen.getByRole('link', { name: '7' })).toHaveAttribute(
      'href',
      expect.stringContaining(
        `filter=${encodeURIComponent(
          'cause=untagged,ServiceName=Amazon RDS%2C reserved',
        ).replaceAll('%20', '+')}`,
      ),
    );
    expect(
      screen.getByText(/Last changed by user:default\/priya/),
    ).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('lists the days that it tells of, and exactly the charges of a cause', async () => {
    renderPage(<RulesPage />, { costs: known });
    const link = await screen.findByRole('link', { name: '2' });
    const { searchParams } = new URL(
      link.getAttribute('href') ?? '',
      'http://portal',
    );
    expect(Object.fromEntries(searchParams)).toMatchObject({
      filter: 'cause=Tags/team=paymets',
      period: 'custom',
      first: '2026-10-01',
      last: '2026-10-31',
    });
  });

  it('shows what another order changes before it can be put in force', async () => {
    const previewRules = jest.fn(async () => change);
    const changeRules = jest.fn(async () => fakeReallocation());
    renderPage(<RulesPage />, {
      costs: { ...known, previewRules, changeRules },
    });
    await userEvent.click(await button('Try later: The tag team names a team'));
    expect(await screen.findByText('Changed the order')).toBeVisible();
    expect(await button('Put it in force')).toBeDisabled();
    await userEvent.click(await button('Show what changes'));
    expect(await screen.findByText('+$2.50')).toBeVisible();
    const order = {
      rules: [rules[1], rules[0]],
      basedOn: '7',
      from: '2026-10-01',
      to: '2026-11-01',
    };
    expect(previewRules).toHaveBeenCalledWith(order);
    await userEvent.type(await screen.findByLabelText('Why'), 'Tax first');
    await userEvent.click(await button('Put it in force'));
    await waitFor(() =>
      expect(changeRules).toHaveBeenCalledWith({
        ...order,
        reason: 'Tax first',
      }),
    );
    await waitFor(() =>
      expect(screen.queryByText('Not in force yet')).toBeNull(),
    );
  });

  it('looks at the newest month, though it was not known when the draft began', async () => {
    const previewRules = jest.fn(async () => change);
    let tell: (
      bills: Awaited<ReturnType<typeof known.listBills>>,
    ) => void = () => undefined;
    const listBills = () =>
      new Promise<Awaited<ReturnType<typeof known.listBills>>>(resolve => {
        tell = resolve;
      });
    renderPage(<RulesPage />, { costs: { ...known, listBills, previewRules } });
    await userEvent.click(await button('Try later: The tag team names a team'));
    expect(await button('Show what changes')).toBeDisabled();
    tell(await known.listBills());
    await waitFor(async () =>
      expect(await button('Show what changes')).toBeEnabled(),
    );
    await userEvent.click(await button('Show what changes'));
    expect(previewRules).toHaveBeenCalledWith(
      expect.objectContaining({ from: '2026-10-01', to: '2026-11-01' }),
    );
  });

  it('what was looked at is not what is put in force once it is changed again', async () => {
    renderPage(<RulesPage />, {
      costs: { ...known, previewRules: async () => change },
    });
    await userEvent.click(await button('Remove: Tax is everybody’s'));
    await userEvent.click(await button('Show what changes'));
    await waitFor(async () =>
      expect(await button('Put it in force')).toBeEnabled(),
    );
    await userEvent.click(await button('Remove: The tag team names a team'));
    expect(await button('Put it in force')).toBeDisabled();
    expect(screen.queryByText('+$2.50')).toBeNull();
    await userEvent.click(await button('Discard it'));
    expect(await screen.findByText('Tax is everybody’s')).toBeVisible();
  });

  it('says at the field what is wrong, and makes a rule of a reason', async () => {
    renderPage(<RulesPage />, { costs: known });
    await userEvent.click(await button(/^Add a rule for: Tag team is/));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByLabelText(/Only charges where/)).toHaveValue(
      'Tags/team=paymets',
    );
    const title = dialog.getByLabelText(/Title/);
    await userEvent.clear(title);
    await userEvent.click(
      dialog.getByRole('button', { name: 'Add it to the draft' }),
    );
    expect(await dialog.findByText('Say what the rule is for')).toBeVisible();
    expect(dialog.getByText('Choose who bears it')).toBeVisible();
    expect(title).toBeInvalid();
  });

  it('keeps what was written when the portal does not take it', async () => {
    renderPage(<RulesPage />, {
      costs: {
        ...known,
        previewRules: async () => {
          throw new Error('Rule tax: shares belong to the split "fixed"');
        },
      },
    });
    await userEvent.click(await button('Try earlier: Tax is everybody’s'));
    await userEvent.click(await button('Show what changes'));
    expect(await screen.findByText(/shares belong to/)).toBeVisible();
    expect(screen.getByText('Changed the order')).toBeVisible();
  });

  it('says how far a change is, and lets nobody begin another', async () => {
    renderPage(<RulesPage />, {
      costs: {
        ...known,
        listReallocations: async () => ({
          items: [fakeReallocation({ state: 'allocating', allocated: 2 })],
          total: 1,
        }),
      },
    });
    expect(await screen.findByText(/2 of 3 bills allocated/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Add a rule' })).toBeNull();
    expect(
      within(
        await screen.findByRole('table', { name: 'Changes of rules' }),
      ).getByText('Not said'),
    ).toBeVisible();
  });
});
