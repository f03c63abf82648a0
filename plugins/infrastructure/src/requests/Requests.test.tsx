import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import type { InfrastructureApi } from '../api/InfrastructureApi';
import { fakeDecision, fakeRequest } from '../__testUtils__/fakes';
import {
  renderRequests,
  waitingRequest,
} from '../__testUtils__/renderRequests';

const { id } = fakeRequest();

describe('the list of requests', () => {
  it('asks for what the address says', async () => {
    const listRequests = jest.fn(async () => ({
      items: [fakeRequest({ monthlyCost: { low: 5, high: 7 } })],
      total: 120,
    }));
    const { container } = renderRequests(
      '?view=mine&state=planning&offset=50',
      {
        listRequests,
      },
    );
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
    renderRequests(search, {
      listRequests: async () => ({ items: [], total: 0 }),
    });
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
    renderRequests(`/${id}`, {
      getRequest: async () => ({
        ...waitingRequest,
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
    const { container } = renderRequests(`/${id}`, {
      getRequest: async () => waitingRequest,
    });
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
    renderRequests(`/${id}`, {
      getRequest: async () =>
        fakeRequest({ kind, decision: fakeDecision({ affected: [] }) }),
    });
    expect(await screen.findByText(words)).toBeVisible();
  });

  it('is approved for the plan that was seen', async () => {
    const decide = jest.fn(async () => waitingRequest);
    renderRequests(`/${id}`, {
      getRequest: async () => waitingRequest,
      decide,
    });
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
    let request = waitingRequest;
    const decide = jest.fn(async () => request);
    const { signals } = renderRequests(`/${id}`, {
      getRequest: async () => request,
      decide,
    });
    const approve = await screen.findByRole('button', {
      name: 'Approve this plan',
    });
    expect(approve).toBeEnabled();
    request = {
      ...waitingRequest,
      plan: { hash: 'another', changes: [], madeAt: waitingRequest.changedAt },
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
    renderRequests(`/${id}`, {
      getRequest: async () => ({
        ...waitingRequest,
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
    renderRequests(`/${id}`, {
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
    renderRequests(`/${id}`, {
      getRequest: async () => waitingRequest,
      cancel,
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Cancel the request' }),
    );
    expect(
      await screen.findByText('It is being applied already.'),
    ).toBeVisible();
  });

  it('leads to the form with what was asked for, where nothing came of it', async () => {
    renderRequests(`/${id}`, {
      getRequest: async () =>
        fakeRequest({
          state: 'denied',
          may: { ...waitingRequest.may, approve: false, askAgain: true },
        }),
    });
    expect(
      await screen.findByRole('link', { name: 'Ask again' }),
    ).toHaveAttribute(
      'href',
      `/infrastructure/offerings/postgres-database/request?again=${id}`,
    );
  });
});
