import type { Exception } from '@waymark/plugin-infrastructure-common';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { Route, Routes } from 'react-router-dom';
import type { GuardrailsApi } from '../api/GuardrailsApi';
import { fakeDecision, fakeRequest } from '../__testUtils__/fakes';
import { renderPage } from '../__testUtils__/renderPage';
import { DecisionPanel } from '../requests/DecisionPanel';
import { ExceptionPage } from './ExceptionPage';
import { ExceptionsPage } from './ExceptionsPage';

const id = '0b0e1f5a-0000-4000-8000-000000000009';

const finding = {
  rule: 'no-public-access',
  effect: 'deny' as const,
  field: 'parameters.publicAccess',
  message: 'It could be reached from the whole internet',
  reason: 'What the whole internet can reach is found.',
  remedy: 'Leave it private.',
};

const pending: Exception = {
  id,
  number: 12,
  state: 'pending',
  rule: 'no-public-access',
  scope: 'request',
  name: 'launch-page',
  offering: 's3-bucket',
  environment: 'production',
  owner: 'group:default/ledger',
  reason: 'The page of the launch is for everybody.',
  until: '2099-12-24',
  finding,
  askedBy: 'user:default/amara',
  askedAt: '2026-03-01T10:00:00Z',
  deciders: ['user:default/priya'],
  may: { decide: true, end: false },
};

const nobody =
  'Nobody else in the catalog keeps the platform. It waits until somebody else is a member of group:default/platform.';

const open = (guardrails: Partial<GuardrailsApi>) =>
  renderPage(
    <Routes>
      <Route path=":id" element={<ExceptionPage />} />
    </Routes>,
    { address: `/${id}`, guardrails },
  );

describe('the list of exceptions', () => {
  it('asks for what the address says, and tells of each', async () => {
    const listExceptions = jest.fn(async () => ({
      items: [pending],
      total: 1,
    }));
    const { container } = renderPage(<ExceptionsPage />, {
      address: '/?state=pending&rule=no-public-access&offset=nonsense',
      guardrails: { listExceptions },
    });
    expect(
      await screen.findByRole('link', { name: '12: no-public-access' }),
    ).toHaveAttribute('href', `/infrastructure/exceptions/${id}`);
    expect(screen.getByText('launch-page in production')).toBeVisible();
    expect(listExceptions).toHaveBeenCalledWith(
      { state: ['pending'], rule: 'no-public-access', limit: 50, offset: 0 },
      expect.anything(),
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says so when there is none', async () => {
    renderPage(<ExceptionsPage />, {
      guardrails: { listExceptions: async () => ({ items: [], total: 0 }) },
    });
    expect(await screen.findByText(/every rule holds/)).toBeVisible();
  });
});

describe('an exception', () => {
  it('shows what it is for, and is granted for a shorter time', async () => {
    const decideException = jest.fn(async () => pending);
    const { container } = open({
      getException: async () => pending,
      decideException,
    });
    expect(
      await screen.findByText('The page of the launch is for everybody.'),
    ).toBeVisible();
    expect(screen.getByText(finding.message)).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
    fireEvent.change(screen.getByLabelText('Until'), {
      target: { value: '2099-12-01' },
    });
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Comment' }),
      'For the launch',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Grant it' }));
    await waitFor(() =>
      expect(decideException).toHaveBeenCalledWith(
        id,
        { verdict: 'grant', comment: 'For the launch', until: '2099-12-01' },
        { key: expect.any(String) },
      ),
    );
  });

  it('says who decides', async () => {
    open({ getException: async () => pending });
    expect(await screen.findByText(/^Who decides:/)).toHaveTextContent(
      'Who decides: priya',
    );
  });

  it('that nobody can decide on says so, and what helps', async () => {
    const { container } = open({
      getException: async () => ({
        ...pending,
        askedBy: 'user:default/priya',
        deciders: [],
        note: nobody,
        may: { decide: false, end: true },
      }),
    });
    expect(
      await screen.findByText('Nobody can decide on it now'),
    ).toBeVisible();
    expect(screen.getByText(nobody)).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('offers nothing to who may do nothing, and says why', async () => {
    open({
      getException: async () => ({
        ...pending,
        may: {
          decide: false,
          decideReason: 'It is for the platform team to decide.',
          end: false,
        },
      }),
    });
    expect(
      await screen.findByText('It is for the platform team to decide.'),
    ).toBeVisible();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('is ended, and keeps what the portal says when it cannot be', async () => {
    open({
      getException: async () => ({
        ...pending,
        state: 'granted',
        may: { decide: false, end: true },
      }),
      endException: async () => {
        throw new Error('It is over already');
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'End it now' }),
    );
    expect(await screen.findByText(/It is over already/)).toBeVisible();
  });
});

describe('a finding of a decision', () => {
  const request = (of: Parameters<typeof fakeRequest>[0]) =>
    fakeRequest({
      state: 'denied',
      decision: fakeDecision({ verdict: 'deny', rules: [finding] }),
      may: {
        approve: false,
        askAgain: false,
        askException: true,
        cancel: false,
        retry: false,
      },
      ...of,
    });

  it('leads the owner to an exception from its rule', async () => {
    const askException = jest.fn(async () => pending);
    renderPage(<DecisionPanel request={request({})} />, {
      guardrails: { askException },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Ask for an exception' }),
    );
    const ask = screen.getByRole('button', { name: 'Ask the platform team' });
    expect(ask).toBeDisabled();
    expect(await screen.findByText(/^Who decides:/)).toBeVisible();
    await userEvent.type(
      screen.getByRole('textbox', { name: /^Why/ }),
      'It is a page for everybody.',
    );
    await userEvent.click(ask);
    await waitFor(() =>
      expect(askException).toHaveBeenCalledWith(
        {
          request: request({}).id,
          rule: 'no-public-access',
          reason: 'It is a page for everybody.',
          until: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
        },
        { key: expect.any(String) },
      ),
    );
  });

  it('warns who asks where nobody can decide, and lets them ask', async () => {
    const askException = jest.fn(async () => pending);
    renderPage(<DecisionPanel request={request({})} />, {
      guardrails: {
        askException,
        listExceptionDeciders: async () => ({ people: [], note: nobody }),
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Ask for an exception' }),
    );
    expect(await screen.findByText(nobody)).toBeVisible();
    await userEvent.type(
      screen.getByRole('textbox', { name: /^Why/ }),
      'It is a page for everybody.',
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Ask the platform team' }),
    );
    await waitFor(() => expect(askException).toHaveBeenCalled());
  });

  it('leads nobody there who does not own it, nor from rules that know none', async () => {
    const quota = { ...finding, rule: 'quota' };
    renderPage(
      <>
        <DecisionPanel
          request={request({
            may: {
              approve: false,
              askAgain: false,
              askException: false,
              cancel: false,
              retry: false,
            },
          })}
        />
        <DecisionPanel
          request={request({
            decision: fakeDecision({ verdict: 'deny', rules: [quota] }),
          })}
        />
      </>,
    );
    expect(await screen.findAllByText(finding.message)).toHaveLength(2);
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('that an exception lets be stays, and names it', async () => {
    renderPage(
      <DecisionPanel
        request={request({
          state: 'done',
          decision: fakeDecision({
            rules: [
              {
                ...finding,
                effect: 'warn',
                exception: { number: 12, until: '2026-12-24' },
              },
            ],
          }),
        })}
      />,
    );
    expect(
      await screen.findByText('Allowed by exception 12 until 24 Dec 2026'),
    ).toBeVisible();
    expect(screen.getByText(finding.message)).toBeVisible();
  });
});
