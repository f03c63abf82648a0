import type {
  Decision,
  OfferingDetail,
  RequestDetail,
  ResourceDetail,
} from '@waymark/plugin-infrastructure-common';
import type { GuardrailsApi } from '../api/GuardrailsApi';
import type { InfrastructureApi } from '../api/InfrastructureApi';

const requestId = '0b0e1f5a-0000-4000-8000-000000000001';
const resourceId = '0b0e1f5a-0000-4000-8000-000000000002';

/** An offering that was never measured, but for what is given. */
export function fakeOffering(
  given: Partial<OfferingDetail> = {},
): OfferingDetail {
  return {
    name: 'postgres-database',
    version: '1.0.0',
    title: 'PostgreSQL database',
    summary: 'A database of your own on the shared server.',
    category: 'database',
    engine: 'postgres',
    environments: ['development', 'staging', 'production'],
    resourceType: 'database',
    timing: { promisedSeconds: 60, samples: 0 },
    use: { when: ['You need rows.'], whenNot: ['You need files.'] },
    form: {
      type: 'object',
      required: ['connections'],
      properties: {
        connections: {
          type: 'integer',
          title: 'Connections',
          minimum: 2,
          maximum: 50,
          default: 10,
        },
        backups: { type: 'boolean', title: 'Daily backups', default: true },
      },
    },
    outputs: [{ name: 'password', title: 'Password', secret: true }],
    dependencies: [],
    documentation: 'You get a **database**.',
    troubleshooting: [{ symptom: 'It is slow', remedy: 'Ask for more.' }],
    quota: { unit: 'databases' },
    ...given,
  };
}

/** A decision that nothing speaks against, but for what is given. */
export function fakeDecision(given: Partial<Decision> = {}): Decision {
  return {
    verdict: 'allow',
    policyRevision: 'abc123',
    rules: [],
    estimate: {
      low: 5.75,
      high: 7.5,
      lines: [
        {
          title: 'Storage',
          low: 5.75,
          high: 7.5,
          assumption: 'Between half and all of it is used',
          price: '$0.25 a GB and month, shared, 1 Nov 2026',
        },
      ],
    },
    quota: {
      environment: 'staging',
      unit: 'databases',
      limit: 5,
      used: 2,
      asked: 1,
    },
    budget: { limit: 500, used: 120, asked: 7.5 },
    approvers: [],
    affected: [],
    ...given,
  };
}

/** A request that is being planned, but for what is given. */
export function fakeRequest(given: Partial<RequestDetail> = {}): RequestDetail {
  return {
    id: requestId,
    kind: 'create',
    state: 'planning',
    offering: 'postgres-database',
    offeringVersion: '1.0.0',
    resourceId,
    resourceName: 'orders',
    environment: 'staging',
    owner: 'group:default/ledger',
    requestedBy: 'user:default/amara',
    createdAt: '2026-03-01T10:00:00Z',
    changedAt: '2026-03-01T10:00:01Z',
    parameters: { connections: 10, backups: true },
    next: { text: 'The engine finds out what it would do.' },
    approvals: [],
    runs: [],
    history: [],
    earlierHistory: 0,
    may: {
      approve: false,
      askAgain: false,
      askException: false,
      cancel: false,
      retry: false,
    },
    ...given,
  };
}

/** A resource that is ready, but for what is given. */
export function fakeResource(
  given: Partial<ResourceDetail> = {},
): ResourceDetail {
  return {
    id: resourceId,
    name: 'orders',
    offering: 'postgres-database',
    offeringTitle: 'PostgreSQL database',
    resourceType: 'database',
    environment: 'staging',
    owner: 'group:default/ledger',
    component: 'component:default/payments-gateway',
    state: 'ready',
    createdAt: '2026-03-01T10:00:00Z',
    changedAt: '2026-03-01T10:00:09Z',
    entityRef: 'resource:default/staging-orders',
    dataClass: 'internal',
    parameters: { connections: 10, backups: true },
    outputs: [
      { name: 'host', title: 'Host', secret: false, value: 'db.example' },
      { name: 'password', title: 'Password', secret: true },
    ],
    tags: { team: 'ledger' },
    requests: [fakeRequest({ state: 'done' })],
    may: { change: true, reveal: true },
    ...given,
  };
}

const unasked = (name: string) => () =>
  Promise.reject(new Error(`The test did not expect ${name} to be asked`));

/** The portal as a test wants it to answer; whatever else is asked is refused. */
export function fakeInfrastructureApi(
  answers: Partial<InfrastructureApi> = {},
): InfrastructureApi {
  return {
    listOfferings: unasked('listOfferings'),
    getOffering: unasked('getOffering'),
    getAccuracy: async () => ({
      from: '2026-10-01',
      to: '2026-11-01',
      state: 'unavailable',
      reason: 'This portal keeps no bills.',
      error: null,
      suggestions: [],
      resources: [],
    }),
    preview: unasked('preview'),
    getDraft: unasked('getDraft'),
    putDraft: unasked('putDraft'),
    deleteDraft: unasked('deleteDraft'),
    listRequests: unasked('listRequests'),
    getRequest: unasked('getRequest'),
    getHistory: unasked('getHistory'),
    createRequest: unasked('createRequest'),
    decide: unasked('decide'),
    comment: unasked('comment'),
    cancel: unasked('cancel'),
    retry: unasked('retry'),
    getLog: unasked('getLog'),
    listResources: unasked('listResources'),
    getResource: unasked('getResource'),
    reveal: unasked('reveal'),
    searchOrphans: unasked('searchOrphans'),
    listAudit: unasked('listAudit'),
    ...answers,
  };
}

const nothingFound = {
  at: '2026-03-01T10:00:00Z',
  items: [],
  total: 0,
  findings: { complies: 0, violates: 0, excepted: 0, warns: 0, notJudged: 0 },
  rules: [],
};

/** The guardrails as a test wants them to answer: without a say nothing was judged, and whatever else is asked is refused. */
export function fakeGuardrailsApi(
  answers: Partial<GuardrailsApi> = {},
): GuardrailsApi {
  return {
    listExceptions: unasked('listExceptions'),
    getException: unasked('getException'),
    listExceptionDeciders: async () => ({ people: ['user:default/priya'] }),
    askException: unasked('askException'),
    decideException: unasked('decideException'),
    endException: unasked('endException'),
    listCompliance: async () => nothingFound,
    getComplianceCsv: unasked('getComplianceCsv'),
    getJudgement: unasked('getJudgement'),
    replayRequest: unasked('replayRequest'),
    replayDecisions: unasked('replayDecisions'),
    exportAudit: unasked('exportAudit'),
    verifyAudit: unasked('verifyAudit'),
    listDelegations: unasked('listDelegations'),
    delegate: unasked('delegate'),
    endDelegation: unasked('endDelegation'),
    ...answers,
  };
}
