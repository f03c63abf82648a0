import type {
  ComplianceReport,
  Judgement,
  Replay,
} from '@waymark/plugin-infrastructure-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { Route, Routes } from 'react-router-dom';
import {
  fakeDecision,
  fakeRequest,
  fakeResource,
} from '../__testUtils__/fakes';
import { renderPage } from '../__testUtils__/renderPage';
import { ReplayPanel } from '../requests/ReplayPanel';
import { PolicyPanel } from '../resources/PolicyPanel';
import { complianceQuery, momentOf } from './complianceQuery';
import { CompliancePage } from './CompliancePage';
import { JudgementPage } from './JudgementPage';
import { ReplayPage } from './ReplayPage';

const resource = fakeResource().id;
const judgementId = '0b0e1f5a-0000-4000-8000-000000000007';

const tooLarge = {
  rule: 'approved-sizes',
  effect: 'deny' as const,
  field: 'parameters.size',
  message: 'It is too large',
  reason: 'Large things cost.',
  remedy: 'Make it smaller.',
};

const report: ComplianceReport = {
  at: '2026-03-01T10:00:00Z',
  total: 2,
  findings: { complies: 1, violates: 1, excepted: 0, warns: 0, notJudged: 0 },
  rules: [
    { rule: 'approved-sizes', title: 'Approved sizes' },
    { rule: 'backups', title: 'Backups' },
  ],
  items: [
    {
      resource,
      name: 'orders',
      offering: 'postgres-database',
      environment: 'staging',
      owner: 'group:default/ledger',
      entityRef: 'resource:default/orders',
      rule: 'approved-sizes',
      ruleTitle: 'Approved sizes',
      finding: 'violates',
      details: [tooLarge],
      judgement: judgementId,
      since: '2026-03-01T09:00:00Z',
      lookedAt: '2026-03-01T09:30:00Z',
      policyRevision: 'sha256:1',
    },
    {
      resource,
      name: 'orders',
      offering: 'postgres-database',
      environment: 'staging',
      owner: 'group:default/ledger',
      entityRef: 'resource:default/orders',
      rule: 'backups',
      ruleTitle: 'Backups',
      finding: 'complies',
      judgement: judgementId,
      lookedAt: '2026-03-01T09:30:00Z',
    },
  ],
};

const replay: Replay = {
  number: 3,
  request: fakeRequest().id,
  at: '2026-03-01T10:00:00Z',
  stage: 'plan',
  before: { verdict: 'allow', policyRevision: 'sha256:1' },
  after: { verdict: 'deny', policyRevision: 'sha256:2' },
  differs: true,
  added: [tooLarge],
  gone: [],
};

describe('the address of the report', () => {
  const now = new Date('2026-03-01T10:00:00Z');

  it('stands for the end of a day that is over, and for now', () => {
    expect(momentOf('2026-02-28', now)).toBe('2026-02-28T23:59:59.999Z');
    expect(momentOf('2026-03-01', now)).toBeUndefined();
    expect(momentOf('yesterday', now)).toBeUndefined();
  });

  it('counts what makes no sense as nothing', () => {
    expect(
      complianceQuery(
        new URLSearchParams(
          'on=x&finding=bad&environment=No&resource=1&offset=-3',
        ),
        now,
      ),
    ).toEqual({ limit: 50, offset: 0 });
  });
});

describe('the compliance report', () => {
  it('shows each resource by each rule, and those of one finding at a press', async () => {
    const listCompliance = jest.fn(async () => report);
    const { container } = renderPage(<CompliancePage />, {
      guardrails: { listCompliance },
    });
    expect(await screen.findByText('It is too large')).toBeVisible();
    expect(
      screen.getAllByRole('link', { name: 'Evidence' })[0],
    ).toHaveAttribute(
      'href',
      `/infrastructure/compliance/judgements/${judgementId}`,
    );
    expect(await axe(container)).toHaveNoViolations();
    await userEvent.click(screen.getByRole('button', { name: /1 ?Violates/ }));
    await waitFor(() =>
      expect(listCompliance).toHaveBeenLastCalledWith(
        { finding: ['violates'], limit: 50, offset: 0 },
        expect.anything(),
      ),
    );
  });

  it('gives the file for the same question', async () => {
    const getComplianceCsv = jest.fn(async () => {
      throw new Error('Too busy');
    });
    renderPage(<CompliancePage />, {
      address: '/?rule=backups',
      guardrails: { listCompliance: async () => report, getComplianceCsv },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Download as CSV' }),
    );
    expect(await screen.findByText(/Too busy/)).toBeVisible();
    expect(getComplianceCsv).toHaveBeenCalledWith(
      expect.objectContaining({ rule: 'backups', at: report.at }),
    );
  });
});

describe('the evidence', () => {
  it('is what was judged and what every rule found, the gravest first', async () => {
    const judgement: Judgement = {
      id: judgementId,
      resource,
      name: 'orders',
      environment: 'staging',
      offering: 'postgres-database',
      owner: 'group:default/ledger',
      policyRevision: 'sha256:1',
      since: '2026-03-01T09:00:00Z',
      lookedAt: '2026-03-01T09:30:00Z',
      parameters: { connections: 10 },
      tags: { owner: 'group:default/ledger' },
      plan: { values: { root_module: {} } },
      exceptions: [{ rule: 'backups', until: '2026-12-24', number: 4 }],
      rules: [
        { rule: 'backups', title: 'Backups', finding: 'complies', details: [] },
        {
          rule: 'approved-sizes',
          title: 'Approved sizes',
          finding: 'violates',
          details: [tooLarge],
        },
      ],
    };
    const { container } = renderPage(
      <Routes>
        <Route path=":id" element={<JudgementPage />} />
      </Routes>,
      {
        address: `/${judgementId}`,
        guardrails: { getJudgement: async () => judgement },
      },
    );
    expect(await screen.findByText('It is too large')).toBeVisible();
    const titles = screen
      .getAllByText(/^(Backups|Approved sizes)$/)
      .map(({ textContent }) => textContent);
    expect(titles).toEqual(['Approved sizes', 'Backups']);
    expect(screen.getByText('Exception 4')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });
});

describe('decisions made again', () => {
  it('show on the request what would differ', async () => {
    renderPage(
      <ReplayPanel request={fakeRequest({ decision: fakeDecision() })} />,
      { guardrails: { replayRequest: async () => [replay] } },
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'See what would differ' }),
    );
    expect(
      await screen.findByText('Then allowed; today it would be denied.'),
    ).toBeVisible();
    expect(screen.getByText('It is too large')).toBeVisible();
  });

  it('go on through a long period', async () => {
    const replayDecisions = jest
      .fn()
      .mockResolvedValueOnce({ items: [replay], replayed: 200, next: 9 })
      .mockResolvedValueOnce({ items: [], replayed: 20 });
    const { container } = renderPage(<ReplayPage />, {
      address: '/?from=2026-01-01&to=2026-01-31',
      guardrails: { replayDecisions },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Make them again' }),
    );
    expect(await screen.findByText(/200 decisions/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Go on' }));
    expect(
      await screen.findByText('220 decisions made again, 1 would differ.'),
    ).toBeVisible();
    expect(replayDecisions).toHaveBeenLastCalledWith(
      expect.objectContaining({
        from: '2026-01-01T00:00:00Z',
        to: '2026-01-31T23:59:59.999Z',
        after: 9,
      }),
    );
    expect(await axe(container)).toHaveNoViolations();
  });
});

describe('a resource', () => {
  it('says how it complies, and leads to an exception', async () => {
    renderPage(<PolicyPanel resource={fakeResource()} />, {
      guardrails: { listCompliance: async () => report },
    });
    expect(
      await screen.findByText('It complies with 1 of 2 rules.'),
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Ask for an exception' }),
    ).toBeVisible();
  });
});
