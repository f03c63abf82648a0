import { useDatabases } from '../../__testUtils__/databases';
import { startPortal, type Portal } from '../../__testUtils__/portal';
import { TestEngine } from '../../__testUtils__/TestEngine';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const databases = useDatabases();
const denied = new Set<string>();
let portal: Portal;

const nowhere = '00000000-0000-4000-8000-000000000000';
/** A request for production that waits for a lead. */
let waiting: { id: string; planHash: string };
/** A resource of Ledger. */
let resourceId: string;
/** The request that made it. */
let done: string;

const all = [
  'infrastructure.read',
  'infrastructure.request.create',
  'infrastructure.request.decide',
];
/** What each lacks, and who they are; the audit trail is the platform's in any case. */
const roles = {
  nobody: { lacks: all, person: 'amara' },
  viewer: { lacks: all.slice(1), person: 'amara' },
  developer: { lacks: all.slice(2), person: 'amara' },
  'developer of another team': { lacks: all.slice(2), person: 'tomas' },
  lead: { lacks: [], person: 'jonas' },
  'platform engineer': { lacks: [], person: 'priya' },
};
type Role = keyof typeof roles;
/** In the order of the roles above. */
type Statuses = number[];

const reading: Statuses = [403, 200, 200, 200, 200, 200];
const keeping: Statuses = [403, 403, 403, 403, 403, 200];
/** The one who keeps the platform may do it for every team. */
const owning: Statuses = [403, 403, 200, 403, 200, 200];
/** Who may learns that another request is under way already. */
const busy: Statuses = [403, 403, 409, 403, 409, 409];
const thing = { offering: 'thing', parameters: { size: 1 } };

/** Every action, whom it serves, and what it does not understand. */
const actions: Record<
  string,
  { input: () => object; statuses: Statuses; bad: [object, RegExp][] }
> = {
  'list-offerings': { input: () => ({}), statuses: reading, bad: [] },
  'get-offering': {
    input: () => ({ name: 'thing' }),
    statuses: reading,
    bad: [[{}, /name/]],
  },
  'get-estimate-accuracy': {
    input: () => ({ name: 'thing' }),
    statuses: reading,
    bad: [[{}, /name/]],
  },
  'estimate-request': {
    input: () => thing,
    statuses: reading,
    bad: [
      [{ offering: 'thing' }, /parameters/],
      [{ ...thing, dataClass: 'odd' }, /dataClass/],
    ],
  },
  'list-requests': {
    input: () => ({ view: 'mine' }),
    statuses: reading,
    bad: [
      [{ view: 'odd' }, /view/],
      [{ state: ['odd'] }, /state/],
      [{ limit: 0 }, /limit/],
    ],
  },
  'get-request': {
    input: () => ({ id: waiting.id }),
    statuses: reading,
    bad: [[{ id: 'one' }, /id/]],
  },
  'get-request-log': {
    input: () => ({ id: waiting.id }),
    statuses: reading,
    bad: [[{ id: nowhere, after: -1 }, /after/]],
  },
  'list-resources': {
    input: () => ({ owner: 'group:default/ledger' }),
    statuses: reading,
    bad: [[{ offset: -1 }, /offset/]],
  },
  'get-resource': {
    input: () => ({ id: resourceId }),
    statuses: reading,
    bad: [[{}, /id/]],
  },
  'get-allowances': {
    input: () => ({ owner: 'group:default/ledger' }),
    statuses: reading,
    bad: [[{}, /owner/]],
  },
  'search-orphans': { input: () => ({}), statuses: keeping, bad: [] },
  'list-audit': {
    input: () => ({
      request: waiting.id,
      action: 'request.created',
      by: 'user:default/amara',
      from: '2026-11-01T00:00:00Z',
      to: '2099-11-01T00:00:00+01:00',
    }),
    statuses: keeping,
    bad: [
      [{ limit: 1000 }, /limit/],
      [{ action: 'request.sung' }, /action/],
      [{ from: 'yesterday' }, /from/],
    ],
  },
  // Denied by a rule, so that the next role may ask for the same.
  'submit-request': {
    input: () => ({
      ...thing,
      name: 'orders-thing',
      environment: 'staging',
      owner: 'group:default/ledger',
      parameters: { size: 1, public: true },
    }),
    statuses: owning,
    bad: [
      [thing, /name/],
      [{ ...thing, timeToLiveDays: 0 }, /timeToLiveDays/],
      [{ ...thing, idempotencyKey: 'short' }, /idempotencyKey/],
    ],
  },
  'import-resource': {
    // What another resource has already: who may learns that.
    input: () => ({ ...thing, existing: [{ address: 'thing', id: 'taken' }] }),
    statuses: keeping.map(status => (status === 200 ? 400 : status)),
    bad: [
      [{ ...thing, existing: [{ address: 'thing' }] }, /existing/],
      [{ ...thing, existing: [], markedFor: 'me' }, /markedFor/],
    ],
  },
  'change-resource': {
    input: () => ({ resourceId, parameters: { size: 2 } }),
    statuses: busy,
    bad: [
      [{}, /resourceId/],
      [{ resourceId: nowhere, parameters: 1 }, /parameters/],
    ],
  },
  'extend-resource': {
    input: () => ({ resourceId, timeToLiveDays: 30 }),
    statuses: busy,
    bad: [[{ resourceId: nowhere }, /timeToLiveDays/]],
  },
  'transfer-resource': {
    input: () => ({ resourceId, owner: 'group:default/storefront' }),
    statuses: busy,
    bad: [[{ resourceId: nowhere }, /owner/]],
  },
  'accept-resource': {
    input: () => ({ resourceId }),
    statuses: busy,
    bad: [[{}, /resourceId/]],
  },
  'destroy-resource': {
    input: () => ({ resourceId }),
    statuses: busy,
    bad: [[{ resourceId: 'all' }, /resourceId/]],
  },
  'comment-request': {
    input: () => ({ id: waiting.id, text: 'When is it?' }),
    statuses: reading,
    bad: [[{ id: nowhere, text: '' }, /text/]],
  },
  'approve-request': {
    // Of another plan, so that it waits on.
    input: () => ({ id: waiting.id, planHash: 'another' }),
    statuses: [403, 403, 403, 403, 409, 409],
    bad: [[{ id: nowhere }, /planHash/]],
  },
  'reject-request': {
    input: () => ({ id: waiting.id, planHash: waiting.planHash }),
    // A lead of the team may, and so it is over when the platform asks.
    statuses: [403, 403, 403, 403, 200, 409],
    bad: [[{ planHash: 'x' }, /id/]],
  },
  'cancel-request': {
    input: () => ({ id: done }),
    statuses: busy,
    bad: [[{}, /id/]],
  },
  'retry-request': {
    input: () => ({ id: waiting.id }),
    statuses: busy,
    bad: [[{ id: 1 }, /id/]],
  },
};

beforeAll(async () => {
  const knex = await databases.init();
  portal = await startPortal({ knex, engine: new TestEngine(), denied });
  const amara = portal.as('amara');
  const ask = async (name: string, environment: string) => {
    const { body } = await amara.ask({ name, environment });
    return amara.until(body.id, 'pendingApproval', 'done');
  };
  const kept = await ask('kept-thing', 'staging');
  resourceId = kept.resourceId;
  done = kept.id;
  await amara
    .post('/requests', {
      kind: 'transfer',
      resourceId,
      owner: 'group:default/storefront',
    })
    .expect(202);
  const asked = await ask('waiting-thing', 'production');
  waiting = { id: asked.id, planHash: asked.plan!.hash };
});
beforeEach(() => denied.clear());
afterAll(() => portal.stop());

/** They have tests of their own, in guardrails.test.ts. */
const ofGuardrails = [
  'ask-exception',
  'decide-exception',
  'delegate-approvals',
  'end-delegation',
  'end-exception',
  'get-compliance',
  'get-judgement',
  'list-delegations',
  'list-exceptions',
  'replay-decisions',
  'replay-request',
  'verify-audit',
];

it('are all here', async () => {
  const { body } = await portal.as('amara').actions();
  expect(body.actions.map(({ name }: { name: string }) => name).sort()).toEqual(
    [...Object.keys(actions), ...ofGuardrails].sort(),
  );
});

describe.each(Object.keys(roles) as Role[])('for a %s', role => {
  it.each(Object.keys(actions))('%s does what it may', async name => {
    const { lacks, person } = roles[role];
    lacks.forEach(permission => denied.add(permission));
    const { input, statuses } = actions[name];
    const { status, body } = await portal.as(person).invoke(name, input());
    const wanted = statuses[Object.keys(roles).indexOf(role)];
    expect({ status, says: typeof body.error?.message }).toEqual({
      status: wanted,
      says: wanted === 200 ? 'undefined' : 'string',
    });
  });
});

it.each(
  Object.entries(actions).flatMap(([name, { bad }]) =>
    bad.map(([input, message]) => [name, input, message] as const),
  ),
)('%s refuses %j', async (name, input, message) => {
  const { status, body } = await portal.as('priya').invoke(name, input);
  expect(status).toBe(400);
  expect(JSON.stringify(body.error)).toMatch(message);
});

it('have their effect once for each key, and go the way of every request', async () => {
  const amara = portal.as('amara');
  const wish = {
    ...thing,
    name: 'once-thing',
    environment: 'production',
    owner: 'group:default/ledger',
    idempotencyKey: 'once and no more',
  };
  const { body: first } = await amara.invoke('submit-request', wish);
  const { body: again } = await amara.invoke('submit-request', wish);
  const { id } = first.output.request;
  expect(again.output.request.id).toBe(id);
  const { plan } = await amara.until(id, 'pendingApproval');
  const { body: approved } = await portal
    .as('jonas')
    .invoke('approve-request', { id, planHash: plan!.hash });
  // It may be further already: the run begins by itself.
  expect(approved.output.request.state).toMatch(/^(queued|applying|done)$/);
  await amara.until(id, 'done');
  const { body: log } = await amara.invoke('get-request-log', { id });
  const lines = JSON.stringify(log.output.lines);
  expect(lines).toContain('the password is [concealed]');
  expect(lines).not.toContain('hunter22');
});
