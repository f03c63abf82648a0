import { screen, waitFor } from '@testing-library/react';
import { fakeDecision, fakeRequest } from '../__testUtils__/fakes';
import {
  renderRequests,
  waitingRequest,
} from '../__testUtils__/renderRequests';

const { id } = fakeRequest();

describe('the panels of a request', () => {
  const titles = () =>
    screen.getAllByRole('heading', { level: 2 }).map(each => each.textContent);

  it('tells approvers all they need before it asks for their approval', async () => {
    renderRequests(`/${id}`, { getRequest: async () => waitingRequest });
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
    renderRequests(`/${id}`, {
      getRequest: async () =>
        fakeRequest({
          state: 'denied',
          decision: fakeDecision({
            verdict: 'deny',
            approvers: waitingRequest.decision?.approvers,
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
    renderRequests(`/${id}`, {
      getRequest: async () => fakeRequest({ state: 'failed' }),
    });
    await screen.findByText(/There is no plan yet/);
    expect(titles()).toContain('Runs');
  });

  it('shows the approval to who comes from a notification', async () => {
    renderRequests(`/${id}#approval`, {
      getRequest: async () => waitingRequest,
    });
    const approve = await screen.findByRole('button', {
      name: 'Approve this plan',
    });
    const target = document.getElementById('approval');
    expect(target).toContainElement(approve);
    await waitFor(() => expect(target).toHaveFocus());
  });

  it('takes the focus to nothing that nobody named', async () => {
    renderRequests(`/${id}`, { getRequest: async () => waitingRequest });
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
    renderRequests(`/${id}`, {
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
