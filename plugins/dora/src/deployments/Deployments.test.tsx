import type { Correction } from '@waymark/plugin-dora-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import {
  fakeDeployment,
  fakeDetail,
  fakeIncident,
} from '../__testUtils__/FakeDoraApi';
import { renderPage } from '../__testUtils__/renderPage';
import { DeploymentsRoutes } from './DeploymentsRoutes';

const correction: Correction = {
  id: '1',
  at: '2026-03-11T08:00:00Z',
  by: 'user:default/jonas',
  what: 'Failed',
  reason: 'The alert was real',
  deployment: '7',
  active: true,
};

const detail = fakeDetail({
  failed: true,
  failedReason: 'An incident names it',
  changeList: [
    {
      id: '11',
      service: 'component:default/payments-gateway',
      title: 'Retry webhooks',
      number: '#12',
      author: 'amara',
      leadTime: 90_000,
      how: 'Its merge commit is in the range',
    },
  ],
  incidentList: [
    fakeIncident({
      link: {
        deployment: '7',
        name: 'v2.1.0',
        evidence: 'namedDeployment',
        confidence: 'certain',
        reason: 'It says v2.1.0.',
      },
    }),
  ],
  notes: '- Retry webhooks',
  previous: fakeDeployment({ id: '6', title: 'v2.0.0' }),
  corrections: [correction],
});

function open(address: string, dora: Parameters<typeof renderPage>[1] = {}) {
  return renderPage(<DeploymentsRoutes />, {
    mountPath: '/dora/deployments/*',
    address: `/dora/deployments${address}`,
    ...dora,
  });
}

describe('the list of deployments', () => {
  it('asks for what the address says, and leads to each deployment', async () => {
    const listDeployments = jest.fn(async () => ({
      items: [fakeDeployment({ failed: true, rework: 'hotfix' })],
      total: 120,
    }));
    open(
      '?entityRef=group:default/ledger&outcome=failed&offset=50&from=2026-01-01',
      {
        dora: { listDeployments },
      },
    );
    const row = within(await screen.findByRole('row', { name: /v2\.1\.0/ }));
    expect(row.getByRole('link', { name: 'v2.1.0' })).toHaveAttribute(
      'href',
      '/dora/deployments/7',
    );
    expect(row.getByText('Failed')).toBeVisible();
    expect(row.getByText('Hotfix')).toBeVisible();
    expect(screen.getByText('51 to 100 of 120')).toBeVisible();
    expect(listDeployments).toHaveBeenCalledWith(
      {
        entityRef: 'group:default/ledger',
        from: '2026-01-01',
        outcome: 'failed',
        limit: 50,
        offset: 50,
      },
      expect.anything(),
    );
  });

  it('keeps filters in the address and begins again at the first page', async () => {
    open('?offset=50', {
      dora: {
        listDeployments: async () => ({ items: [fakeDeployment()], total: 80 }),
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: /Environment/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: 'staging' }),
    );
    await waitFor(() =>
      expect(screen.getByTestId('address')).toHaveTextContent(
        /^\/dora\/deployments\?environment=staging$/,
      ),
    );
  });

  it.each([
    ['', 'No deployments yet'],
    ['?outcome=failed', 'No deployment is like that'],
  ])(
    'tells nothing at all from nothing like that: %s',
    async (address, title) => {
      open(address, {
        dora: { listDeployments: async () => ({ items: [], total: 0 }) },
      });
      expect(await screen.findByText(title)).toBeVisible();
    },
  );
});

describe('a deployment', () => {
  it('shows what it brought, what it caused, and what people said of it', async () => {
    const { container } = open('/7', {
      dora: { getDeployment: async () => detail },
    });
    expect(
      await screen.findByRole('heading', { name: 'v2.1.0' }),
    ).toBeVisible();
    expect(screen.getByText('An incident names it')).toBeVisible();
    expect(screen.getByText('Retry webhooks (#12)')).toBeVisible();
    expect(screen.getByText('Its merge commit is in the range')).toBeVisible();
    expect(
      screen.getByText(
        /It names the deployment \(certain\)\. It says v2\.1\.0/,
      ),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'v2.0.0' })).toHaveAttribute(
      'href',
      '/dora/deployments/6',
    );
    expect(screen.getByText('The alert was real')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('takes a correction with its reason', async () => {
    const correctDeployment = jest.fn(async () => detail);
    open('/7', {
      dora: { getDeployment: async () => detail, correctDeployment },
    });
    await userEvent.click(
      await screen.findByRole('radio', { name: 'It did not fail' }),
    );
    await userEvent.type(
      screen.getByRole('textbox', { name: /Reason/ }),
      'The alert was a test',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Correct it' }));
    expect(await screen.findByText(/^Corrected\./)).toBeVisible();
    expect(correctDeployment).toHaveBeenCalledWith('7', {
      failed: false,
      reason: 'The alert was a test',
    });
  });

  it('wants a reason before it asks the portal', async () => {
    const correctDeployment = jest.fn(async () => detail);
    open('/7', {
      dora: { getDeployment: async () => detail, correctDeployment },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Correct it' }),
    );
    expect(screen.getByRole('alert')).toHaveTextContent('Say why');
    expect(correctDeployment).not.toHaveBeenCalled();
  });

  it('loses nothing that was typed when the portal refuses', async () => {
    open('/7', {
      dora: {
        getDeployment: async () => detail,
        correctDeployment: async () => {
          throw new Error('Only group:default/ledger may correct this');
        },
      },
    });
    const reason = await screen.findByRole('textbox', { name: /Reason/ });
    await userEvent.type(reason, 'The alert was a test');
    await userEvent.click(screen.getByRole('button', { name: 'Correct it' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Only group:default/ledger may correct this',
    );
    expect(reason).toHaveValue('The alert was a test');
  });
});
