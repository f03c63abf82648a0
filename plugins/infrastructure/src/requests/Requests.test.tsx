import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import type { InfrastructureApi } from '../api/InfrastructureApi';
import { fakeDecision, fakeRequest } from '../__testUtils__/fakes';
import { renderPage } from '../__testUtils__/renderPage';
import { RequestsRoutes } from './RequestsRoutes';

const { id } = fakeRequest();

function open(address: string, infrastructure: Partial<InfrastructureApi>) {
  return renderPage(<RequestsRoutes />, {
    mountPath: '/infrastructure/requests/*',
    address: `/infrastructure/requests${address}`,
    infrastructure: {
      getLog: async () => ({ lines: [], more: false }),
      ...infrastructure,
    },
  });
}

const waiting = fakeRequest({
  state: 'pendingApproval',
  environment: 'production',
  next: {
    text: 'A lead of the owning team has to approve it.',
    waitsFor: ['user:default/jonas'],
    usualSeconds: 1800,
  },
  plan: {
    hash: 'f00df00df00df00df00d',
    madeAt: '2026-03-01T10:00:02Z',
    changes: [
      { action: 'create', address: 'role.orders', title: 'Role orders' },
      {
        action: 'replace',
        address: 'database.orders',
        title: 'Database orders',
        details: [{ field: 'encoding', before: 'LATIN1', after: 'UTF8' }],
      },
    ],
  },
  decision: fakeDecision({
    verdict: 'approval',
    costChange: { low: 0, high: 2 },
    approvers: [
      {
        kind: 'ownerLead',
        people: ['user:default/jonas'],
        because: ['It is production'],
      },
    ],
    reach: { steps: 3, isWhole: false },
    affected: [
      {
        entityRef: 'component:default/payments-gateway',
        owner: 'group:default/ledger',
      },
    ],
  }),
  may: {
    approve: true,
    askAgain: false,
    askException: true,
    cancel: true,
    retry: false,
  },
});

describe('the list of requests', () => {
  it('asks for what the address says', async () => {
    const listRequests = jest.fn(async () => ({
      items: [fakeRequest({ monthlyCost: { low: 5, high: 7 } })],
      total: 120,
    }));
    const { container } = open('?view=mine&state=planning&offset=50', {
      listRequests,
    });
    const row = within(
      await screen.findByRole('row', { name: /Create orders/ }),
    );
    expect(row.getByRole('link', { name: 'Create orders' })).toHaveAttribute(
      'href',
      `/infrastructure/requests/${id}`,
    );
    expect(row.getByText('$5.00 to $7.00')).toBeVisible();
    expect(screen.getByText('51 to 100 of 120')).toBeVisible();
    expect(listRequests).toHaveBeenCalledWith(
      { view: 'mine', state: ['planning'], limit: 50, offset: 50 },
      expect.anything(),
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it.each([
    ['', /Nobody has asked for anything yet/],
    ['?view=mine', /You have asked for nothing yet/],
    ['?view=approvals', /Nothing waits for your approval/],
    ['?state=done', /No request is like that/],
  ])('says what nothing means: %s', async (search, text) => {
    open(search, { listRequests: async () => ({ items: [], total: 0 }) });
    expect(await screen.findByText(text)).toBeVisible();
  });
});

describe('a request', () => {
  it('says that there is an earlier history, and shows it', async () => {
    const entry = (number: number) => ({
      number,
      at: '2026-03-01T10:00:00Z',
      action: 'request.commented',
      text: `Comment ${number}`,
    });
    const getHistory = jest.fn(async () => ({
      items: [entry(11), entry(12)],
      earlier: 0,
    }));
    open(`/${id}`, {
      getRequest: async () => ({
        ...waiting,
        history: [entry(21), entry(22)],
        earlierHistory: 2,
      }),
      getHistory,
    });
    const history = within(
      await screen.findByRole('region', { name: 'History' }),
    );
    expect(history.queryByText('Comment 12')).not.toBeInTheDocument();
    await userEvent.click(
      history.getByRole('button', { name: 'Show earlier entries (2)' }),
    );
    await history.findByText('Comment 11');
    expect(getHistory).toHaveBeenCalledWith(id, 21);
    expect(
      history.getAllByText(/^Comment /).map(({ textContent }) => textContent),
    ).toEqual(['Comment 11', 'Comment 12', 'Comment 21', 'Comment 22']);
    expect(history.queryByRole('button', { name: /earlier/ })).toBeNull();
  });

  it('says first what happens next, and shows what would be done and why', async () => {
    const { container } = open(`/${id}`, { getRequest: async () => waiting });
    const next = within(
      await screen.findByRole('region', { name: 'What happens next' }),
    );
    expect(
      next.getByText('A lead of the owning team has to approve it.'),
    ).toBeVisible();
    expect(next.getByText('This usually takes 30 min.')).toBeVisible();
    expect(next.getByRole('listitem', { current: 'step' })).toHaveTextContent(
      'Approved, now',
    );

    const plan = within(screen.getByRole('region', { name: 'Plan' }));
    expect(plan.getByText(/1 to replace, 1 to create/)).toBeVisible();
    // What destroys comes first.
    const [first] = plan.getAllByRole('listitem');
    expect(first).toHaveTextContent(/Replaces.*LATIN1 to UTF8/);
    expect(plan.getByText('Something is lost')).toBeVisible();

    expect(
      screen.getByText(/Against before: \$0\.00 to \+\$2\.00 a month/),
    ).toBeVisible();
    const blast = within(screen.getByRole('region', { name: 'Blast radius' }));
    expect(blast.getByText('the catalog does not say')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it.each([
    ['create', 'It is new to the catalog: nothing there depends on it yet.'],
    ['update', 'Nothing in the catalog depends on it.'],
  ] as const)('says of a %s why nobody would feel it', async (kind, words) => {
    open(`/${id}`, {
      getRequest: async () =>
        fakeRequest({ kind, decision: fakeDecision({ affected: [] }) }),
    });
    expect(await screen.findByText(words)).toBeVisible();
  });

  it('is approved for the plan that was seen', async () => {
    const decide = jest.fn(async () => waiting);
    open(`/${id}`, { getRequest: async () => waiting, decide });
    await userEvent.type(
      await screen.findByRole('textbox', { name: 'Comment' }),
      'Fine',
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Approve this plan' }),
    );
    await waitFor(() =>
      expect(decide).toHaveBeenCalledWith(
        id,
        {
          verdict: 'approve',
          planHash: 'f00df00df00df00df00d',
          comment: 'Fine',
        },
        { key: expect.any(String) },
      ),
    );
  });

  it('asks to look again when the plan changed meanwhile', async () => {
    let request = waiting;
    const decide = jest.fn(async () => request);
    const { signals } = open(`/${id}`, {
      getRequest: async () => request,
      decide,
    });
    const approve = await screen.findByRole('button', {
      name: 'Approve this plan',
    });
    expect(approve).toBeEnabled();
    request = {
      ...waiting,
      plan: { hash: 'another', changes: [], madeAt: waiting.changedAt },
    };
    act(() => signals.send('infrastructure:changed', { request: id }));
    expect(await screen.findByText(/The plan has changed/)).toBeVisible();
    expect(approve).toBeDisabled();
    await userEvent.click(
      screen.getByRole('button', { name: 'I have seen the new plan' }),
    );
    await userEvent.click(approve);
    await waitFor(() =>
      expect(decide).toHaveBeenCalledWith(
        id,
        { verdict: 'approve', planHash: 'another', comment: undefined },
        expect.anything(),
      ),
    );
  });

  it('says why one may not approve', async () => {
    open(`/${id}`, {
      getRequest: async () => ({
        ...waiting,
        may: {
          approve: false,
          approveReason: 'Nobody approves their own request.',
          askAgain: false,
          askException: false,
          cancel: false,
          retry: false,
        },
      }),
    });
    expect(
      await screen.findByText('Nobody approves their own request.'),
    ).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Approve this plan' }),
    ).toBeNull();
  });

  it('shows runs with their steps, and follows the log', async () => {
    const getLog = jest
      .fn<ReturnType<InfrastructureApi['getLog']>, [string, number]>()
      .mockResolvedValueOnce({
        lines: [{ number: 1, at: '2026-03-01T10:00:03Z', text: 'CREATE ROLE' }],
        more: true,
      })
      .mockResolvedValue({
        lines: [
          { number: 2, at: '2026-03-01T10:00:04Z', text: 'CREATE DATABASE' },
        ],
        more: false,
      });
    open(`/${id}`, {
      getRequest: async () =>
        fakeRequest({
          state: 'applying',
          runs: [
            {
              id: '1',
              kind: 'apply',
              state: 'running',
              steps: [
                {
                  title: 'Make the role',
                  state: 'done',
                  startedAt: '2026-03-01T10:00:03Z',
                  endedAt: '2026-03-01T10:00:05Z',
                },
                {
                  title: 'Make the database',
                  state: 'running',
                  usualSeconds: 4,
                },
              ],
            },
          ],
        }),
      getLog,
    });
    expect(await screen.findByText('took 2 s')).toBeVisible();
    expect(screen.getByText('usually takes 4 s')).toBeVisible();
    const log = await screen.findByRole('log', { name: 'Log' });
    await waitFor(() => expect(log).toHaveTextContent('CREATE DATABASE'));
    expect(log).toHaveTextContent('CREATE ROLE');
    expect(getLog.mock.calls.map(([, after]) => after)).toEqual([0, 1]);
  });

  it('is cancelled, and says why when it cannot be', async () => {
    const cancel = jest
      .fn()
      .mockRejectedValue(new Error('It is being applied already.'));
    open(`/${id}`, { getRequest: async () => waiting, cancel });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Cancel the request' }),
    );
    expect(
      await screen.findByText('It is being applied already.'),
    ).toBeVisible();
  });

  it('leads to the form with what was asked for, where nothing came of it', async () => {
    open(`/${id}`, {
      getRequest: async () =>
        fakeRequest({
          state: 'denied',
          may: { ...waiting.may, approve: false, askAgain: true },
        }),
    });
    expect(
      await screen.findByRole('link', { name: 'Ask again' }),
    ).toHaveAttribute(
      'href',
      `/infrastructure/offerings/postgres-database/request?again=${id}`,
    );
  });

  const titles = () =>
    screen.getAllByRole('heading', { level: 2 }).map(each => each.textContent);

  it('tells approvers all they need before it asks for their approval', async () => {
    open(`/${id}`, { getRequest: async () => waiting });
    await screen.findByRole('button', { name: 'Approve this plan' });
    const order = titles();
    const approval = order.indexOf('Approval');
    for (const before of [
      'Plan',
      'Blast radius',
      'Decision',
      'What it costs',
    ]) {
      expect(order.indexOf(before)).toBeGreaterThanOrEqual(0);
      expect(order.indexOf(before)).toBeLessThan(approval);
    }
  });

  it('that was denied at once begins with why, and leaves out what will never be', async () => {
    open(`/${id}`, {
      getRequest: async () =>
        fakeRequest({
          state: 'denied',
          decision: fakeDecision({
            verdict: 'deny',
            approvers: waiting.decision?.approvers,
          }),
        }),
    });
    await screen.findByRole('heading', { name: 'Decision' });
    expect(titles()).toEqual([
      'Create orders',
      'Decision',
      'What it costs',
      'Quota and budget',
      'What was asked for',
      'Under today’s policy',
      'History',
    ]);
  });

  it('keeps its empty plan in sight while there may still be one', async () => {
    open(`/${id}`, {
      getRequest: async () => fakeRequest({ state: 'failed' }),
    });
    await screen.findByText(/There is no plan yet/);
    expect(titles()).toContain('Runs');
  });

  it('shows the approval to who comes from a notification', async () => {
    open(`/${id}#approval`, { getRequest: async () => waiting });
    const approve = await screen.findByRole('button', {
      name: 'Approve this plan',
    });
    const target = document.getElementById('approval');
    expect(target).toContainElement(approve);
    await waitFor(() => expect(target).toHaveFocus());
  });

  it('takes the focus to nothing that nobody named', async () => {
    open(`/${id}`, { getRequest: async () => waiting });
    await screen.findByRole('button', { name: 'Approve this plan' });
    expect(document.getElementById('approval')).not.toHaveFocus();
  });

  it('says what went wrong once, and of another attempt beside it', async () => {
    const failed = (at: string, error: string) => ({
      id: at,
      kind: 'plan' as const,
      state: 'failed' as const,
      steps: [],
      error,
    });
    open(`/${id}`, {
      getRequest: async () =>
        fakeRequest({
          state: 'failed',
          message: 'No room is left.',
          runs: [
            failed('1', 'The server was away.'),
            failed('2', 'No room is left.'),
          ],
        }),
    });
    expect(await screen.findByText('The server was away.')).toBeVisible();
    expect(screen.getAllByText('No room is left.')).toHaveLength(1);
  });
});
