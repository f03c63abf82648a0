import { portalUrl } from '../../../src/portal/environment.ts';

/** A request that reaches the authorization of a route without changing anything. */
export type RouteRequest = {
  path: string;
  init: RequestInit & { json?: unknown };
};

const nobody = '00000000-0000-4000-8000-000000000000';

/** Values for the parameters of paths: well-formed, and naming nothing that exists. */
const parameters: Record<string, string> = {
  kind: 'component',
  namespace: 'default',
  name: 'no-such-thing',
  uid: nobody,
  id: nobody,
  taskId: nobody,
  entity_id: nobody,
  subscriptionId: nobody,
  actionId: 'catalog:who-am-i',
  bucket: 'test',
  key: 'no-such-key',
  unit: 'no-such-unit',
  provider: 'github',
  resource: 'repositories',
  // A currency for tests, which is not converted into itself.
  from: 'XTS',
  to: 'XTS',
  day: '2000-01-01',
  '*': 'no-such-file.js',
};

/** In a repository of the portal's own, which the policy for locations lets through. */
const ownLocation = `${portalUrl}/api/repositories/no-such-thing/raw/main/catalog-info.yaml`;

/** Of a period without bills, and based on rules that nobody made. */
const noRules = {
  rules: [],
  from: '2000-01-01',
  to: '2000-01-02',
  basedOn: 'no-such-thing',
};

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'no-such-thing' },
  spec: { type: 'service', lifecycle: 'experimental', owner: 'ledger' },
};

/** Bodies for the routes that look at the body before they look at the caller. */
const bodies: Record<string, unknown> = {
  'POST /api/catalog/analyze-location': {
    location: { type: 'url', target: ownLocation },
  },
  'POST /api/catalog/entities/by-query': { limit: 1 },
  'POST /api/catalog/entities/by-refs': { entityRefs: ['user:default/amara'] },
  'POST /api/catalog/entity-facets': { facets: ['kind'] },
  'POST /api/catalog/locations': {
    type: 'url',
    target: ownLocation,
  },
  'PUT /api/catalog/locations/:id': {
    type: 'url',
    target: ownLocation,
  },
  'POST /api/catalog/locations/by-query': { limit: 1 },
  'POST /api/catalog/refresh': { entityRef: 'component:default/no-such-thing' },
  'POST /api/catalog/validate-entity': {
    entity,
    location: 'url:https://example.com/',
  },
  'PUT /api/dora/deployments/:id/correction': { failed: true, reason: 'test' },
  'PUT /api/dora/incidents/:id/correction': { cause: null, reason: 'test' },
  'POST /api/dora/inbox/replay': { state: 'failed', source: 'no-such-source' },
  'POST /api/dora/goals': {
    entityRef: 'group:default/no-such-thing',
    metric: 'changeLeadTime',
    target: 3600,
  },
  'PATCH /api/dora/goals/:id': { target: 3600 },
  'POST /api/dora/backfills': { source: 'no-such-source', since: '2026-01-01' },
  'POST /api/dora/history': {
    entityRef: 'component:default/no-such-thing',
    repository: ownLocation,
  },
  'PUT /api/costs/anomalies/:id/verdict': { verdict: 'open' },
  'PUT /api/costs/recommendations/:id/verdict': { verdict: 'open' },
  'PUT /api/costs/units/:unit/values': {
    entityRef: 'group:default/nobody',
    title: 'request',
    values: [{ date: '2026-01-01', value: 1 }],
  },
  'PUT /api/costs/budgets/:id': {
    version: 0,
    entityRef: 'group:default/no-such-thing',
    period: 'month',
    currency: 'USD',
    amount: '1',
    thresholds: [],
  },
  'POST /api/costs/imports/:id/withdraw': { reason: 'test' },
  'POST /api/costs/exchange-rates': { csv: 'no such columns' },
  'PUT /api/costs/exchange-rates/:from/:to/:day': {
    rate: '1',
    source: 'test',
  },
  // The second rule would never be tried.
  'PUT /api/costs/signals': {
    items: [
      { signal: 'logs', service: 'no such service' },
      { signal: 'traces', service: 'no such service' },
    ],
  },
  'PUT /api/costs/rules': noRules,
  'POST /api/costs/rules/preview': noRules,
  'POST /api/infrastructure/offerings/:name/preview': { parameters: {} },
  'PUT /api/infrastructure/drafts/:offering': { parameters: {} },
  'POST /api/infrastructure/requests': {
    kind: 'create',
    owner: 'group:default/no-such-thing',
  },
  'POST /api/infrastructure/requests/:id/approvals': {
    verdict: 'approve',
    planHash: 'none',
  },
  'POST /api/infrastructure/requests/:id/comments': { text: 'test' },
  'POST /api/infrastructure/exceptions': {
    rule: 'no-such-thing',
    reason: 'It is a test of who gets in.',
    until: '2000-01-01',
  },
  'POST /api/infrastructure/exceptions/:id/decision': { verdict: 'refuse' },
  'POST /api/infrastructure/delegations': {
    to: 'user:default/no-such-thing',
    from: '2000-01-01',
    until: '2000-01-01',
  },
  'POST /api/golden-paths/upgrades': {
    entityRef: 'component:default/no-such-thing',
  },
  'POST /api/golden-paths/adoptions': {
    entityRef: 'component:default/no-such-thing',
    template: 'template:default/no-such-thing',
  },
  'POST /api/golden-paths/adoptions/preview': {
    entityRef: 'component:default/no-such-thing',
    template: 'template:default/no-such-thing',
  },
  'POST /api/golden-paths/exceptions': {
    entityRef: 'component:default/no-such-thing',
    kind: 'golden-path',
    reason: 'Nothing but a test.',
    until: '2000-01-01',
  },
  'POST /api/golden-paths/exceptions/:id/decision': { verdict: 'refuse' },
  'POST /api/golden-paths/campaigns': {
    title: 'test',
    template: 'template:default/no-such-thing',
  },
  'POST /api/golden-paths/previews': {
    templateRef: 'template:default/no-such-thing',
    values: {},
  },
  'POST /api/scaffolder/v2/tasks': {
    templateRef: 'template:default/no-such-thing',
    values: {},
  },
  'POST /api/scaffolder/v2/dry-run': {
    template: {
      apiVersion: 'scaffolder.backstage.io/v1beta3',
      kind: 'Template',
      metadata: { name: 'no-such-thing' },
      spec: { type: 'service', owner: 'ledger', parameters: [], steps: [] },
    },
    values: {},
    secrets: {},
    directoryContents: [],
  },
  'POST /api/scaffolder/v2/autocomplete/:provider/:resource': {
    token: 'none',
    context: {},
  },
  'POST /api/permission/authorize': { items: [] },
  'POST /api/user-settings/multiget': { items: [] },
  'POST /api/notifications/notifications': {
    recipients: { type: 'broadcast' },
    payload: { title: 'no such notification' },
  },
  'POST /api/notifications': {
    recipients: { type: 'broadcast' },
    payload: { title: 'no such notification' },
  },
  'POST /api/notifications/notifications/update': { ids: [], read: true },
  'POST /api/notifications/update': { ids: [], read: true },
  'POST /api/events/bus/v1/events': {
    event: { topic: 'no-such-topic', payload: {} },
  },
  'PUT /api/events/bus/v1/subscriptions/:subscriptionId': {
    topics: ['no-such-topic'],
  },
  'POST /api/mcp-actions/v1': {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/list',
    params: {},
  },
  'PUT /api/user-settings/buckets/:bucket/keys/:key(*)': { value: 1 },
};

/** The plugin numbers what it knows. */
const numbered = /^\w+ \/api\/dora\//;

/** What must stand in the query for a route to be asked at all. */
const queries: Record<string, string> = {
  'GET /api/catalog/entities': 'limit=1',
  'GET /api/catalog/entity-facets': 'facet=kind',
  'GET /api/costs/changes':
    'from=2026-02-01&to=2026-03-01&beforeFrom=2026-01-01&beforeTo=2026-02-01',
  'GET /api/costs/changes/lines':
    'from=2026-02-01&to=2026-03-01&beforeFrom=2026-01-01&beforeTo=2026-02-01',
  'GET /api/costs/totals': 'from=2026-01-01&to=2026-02-01',
  'GET /api/costs/unit-costs': 'entityRef=group:default/ledger',
  'GET /api/costs/unallocated': 'from=2026-01-01&to=2026-02-01',
  'DELETE /api/costs/budgets/:id': 'version=1',
  'GET /api/infrastructure/allowances': 'owner=group:default/no-such-thing',
  'GET /api/infrastructure/replays': 'from=2100-01-01T00:00:00Z',
  'GET /api/search/query': 'term=payments',
  'POST /api/catalog/locations': 'dryRun=true',
  'POST /api/dora/history/log': 'entityRef=component:default/no-such-thing',
};

/** Builds the request with which a route is tried. */
export function requestFor(route: string): RouteRequest {
  const [method, pattern] = route.split(' ');
  const values: Record<string, string> = numbered.test(route)
    ? { ...parameters, id: '999999999999', metric: 'changeLeadTime' }
    : parameters;
  const path = pattern.replace(
    /:(\w+)(\([^)]*\))?|\*/g,
    (whole, name) => values[name ?? whole] ?? nobody,
  );
  const json = bodies[route] ?? (method === 'GET' ? undefined : {});
  return {
    path: queries[route] ? `${path}?${queries[route]}` : path,
    init: {
      method,
      headers: { accept: 'application/json, text/event-stream' },
      ...(json === undefined ? {} : { json }),
    },
  };
}
