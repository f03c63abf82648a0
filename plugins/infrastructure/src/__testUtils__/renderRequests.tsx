import type { InfrastructureApi } from '../api/InfrastructureApi';
import { RequestsRoutes } from '../requests/RequestsRoutes';
import { fakeDecision, fakeRequest } from './fakes';
import { renderPage } from './renderPage';

/** Opens a page of requests at its address. */
export function renderRequests(
  address: string,
  infrastructure: Partial<InfrastructureApi>,
): ReturnType<typeof renderPage> {
  return renderPage(<RequestsRoutes />, {
    mountPath: '/infrastructure/requests/*',
    address: `/infrastructure/requests${address}`,
    infrastructure: {
      getLog: async () => ({ lines: [], more: false }),
      ...infrastructure,
    },
  });
}

/** A request for production that waits for a lead, as the lead sees it. */
export const waitingRequest = fakeRequest({
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
