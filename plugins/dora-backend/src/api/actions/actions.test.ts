import type { Knex } from 'knex';
import { useDatabases } from '../../__testUtils__/databases';
import { component, group } from '../../__testUtils__/entities';
import { deployment, lines } from '../../__testUtils__/example';
import { annotation, FakeSystem } from '../../__testUtils__/FakeSystem';
import { startPortal } from '../../__testUtils__/portal';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const databases = useDatabases();
const system = new FakeSystem();
const denied = new Set<string>();
let knex: Knex;
let portal: Awaited<ReturnType<typeof startPortal>>;

/** What each role lacks; they all are of the team that owns the component. */
const roles = {
  nobody: [
    'dora.metrics.read',
    'dora.facts.create',
    'dora.correction.create',
    'dora.goal.manage',
    'dora.goal.update',
    'dora.inbox.manage',
  ],
  viewer: [
    'dora.facts.create',
    'dora.correction.create',
    'dora.goal.manage',
    'dora.goal.update',
    'dora.inbox.manage',
  ],
  developer: [
    'dora.facts.create',
    'dora.goal.manage',
    'dora.goal.update',
    'dora.inbox.manage',
  ],
  'platform engineer': [],
};
type Role = keyof typeof roles;
/** In the order of the roles above. */
type Statuses = [number, number, number, number];

const reading: Statuses = [403, 200, 200, 200];
const correcting: Statuses = [403, 403, 200, 200];
const keeping: Statuses = [403, 403, 403, 200];

const reason = 'It crashed';
const year = { source: system.id, since: '2026-01-01', entityRef: 'payments' };
const goal = { entityRef: 'group:default/ledger', target: 3600 };
const imported = {
  type: 'incident',
  id: 'i2',
  service: 'payments',
  createdAt: '2026-03-02T12:00:00Z',
};
const repository = 'http://localhost/api/repositories/git/payments.git';

/** Every action, whom it serves, and what it does not understand. */
const actions: Record<
  string,
  { input: object; statuses: Statuses; bad: [object, RegExp][] }
> = {
  'get-metrics': {
    input: { entityRef: 'component:default/payments', groupBy: 'week' },
    statuses: reading,
    bad: [
      [{ groupBy: 'colour' }, /groupBy/],
      [{ leadTimeClock: 'noon' }, /leadTimeClock/],
      [{ from: 'yesterday' }, /from/],
      [{ timeZone: 'Mars/Olympus' }, /timeZone/],
    ],
  },
  'list-metric-rows': {
    input: { metric: 'deploymentFrequency', limit: 10 },
    statuses: reading,
    bad: [
      [{}, /metric/],
      [{ metric: 'happiness' }, /metric/],
      [{ metric: 'changeLeadTime', limit: 0 }, /limit/],
    ],
  },
  'get-lead-time-stages': {
    input: {},
    statuses: reading,
    bad: [[{ to: '2026-02-30' }, /to/]],
  },
  'list-deployments': {
    input: { outcome: 'succeeded' },
    statuses: reading,
    bad: [
      [{ outcome: 'odd' }, /outcome/],
      [{ offset: -1 }, /offset/],
    ],
  },
  'get-deployment': {
    input: { id: '1' },
    statuses: reading,
    bad: [[{ id: 'one' }, /id/]],
  },
  'list-incidents': {
    input: { state: 'open' },
    statuses: reading,
    bad: [[{ state: 'odd' }, /state/]],
  },
  'correct-deployment': {
    input: { id: '1', failed: true, reason },
    statuses: correcting,
    bad: [
      [{ id: '1', failed: 'yes', reason }, /failed/],
      [{ id: '1', failed: true, reason: 'x' }, /reason/],
    ],
  },
  'correct-incident': {
    input: { id: '1', cause: null, reason },
    statuses: correcting,
    bad: [[{ id: '1', cause: 'me', reason }, /cause/]],
  },
  'list-goals': {
    input: { limit: 5 },
    statuses: reading,
    bad: [[{ state: 'odd' }, /state/]],
  },
  'set-goal': {
    input: { ...goal, metric: 'failedDeploymentRecoveryTime' },
    statuses: keeping,
    bad: [
      [goal, /metric/],
      [{ ...goal, metric: 'changeLeadTime', target: -1 }, /target/],
      [{ ...goal, metric: 'changeLeadTime', due: 'soon' }, /due/],
    ],
  },
  'change-goal': {
    input: { id: '1', target: 7200 },
    statuses: keeping,
    bad: [[{ id: 'one', target: 7200 }, /id/]],
  },
  'end-goal': {
    input: { id: '1' },
    statuses: keeping,
    bad: [[{}, /id/]],
  },
  'list-environments': { input: {}, statuses: reading, bad: [] },
  'list-corrections': {
    input: { entityRef: 'component:default/payments' },
    statuses: reading,
    bad: [[{ entityRef: 7 }, /entityRef/]],
  },
  'get-intake-status': { input: {}, statuses: reading, bad: [] },
  'list-webhook-deliveries': {
    input: { state: 'failed', limit: 5 },
    statuses: keeping,
    bad: [[{ state: 'odd' }, /state/]],
  },
  'get-webhook-delivery': {
    input: { id: '1' },
    // None came in.
    statuses: [403, 403, 403, 404],
    bad: [[{ id: 'one' }, /id/]],
  },
  'replay-webhook-delivery': {
    input: { id: '1' },
    statuses: [403, 403, 403, 404],
    bad: [[{}, /id/]],
  },
  'replay-webhook-deliveries': {
    input: { state: 'failed' },
    statuses: keeping,
    bad: [[{ state: 'waiting' }, /state/]],
  },
  'list-unmatched-names': {
    input: {},
    statuses: keeping,
    bad: [[{ offset: -1 }, /offset/]],
  },
  'import-facts': {
    input: { facts: [imported] },
    statuses: keeping,
    bad: [
      [{ facts: [] }, /facts/],
      [{ facts: Array(501).fill(imported) }, /facts/],
    ],
  },
  'bring-git-history': {
    input: { entityRef: 'component:default/payments', repository },
    statuses: correcting,
    bad: [
      [{ entityRef: 'payments' }, /repository/],
      [
        { entityRef: 'payments', repository, deployments: 'all' },
        /deployments/,
      ],
      [{ entityRef: 'payments', repository, since: 'once' }, /since/],
      [{ entityRef: 'nobody', repository }, /entityRef/],
    ],
  },
  'get-git-history-run': {
    input: { id: '1' },
    statuses: reading,
    bad: [[{ id: 'first' }, /id/]],
  },
  'start-backfill': {
    input: year,
    statuses: keeping,
    bad: [
      [{ source: system.id }, /since/],
      [{ ...year, source: 'nobody' }, /source/],
      [{ ...year, since: '2026-02-30' }, /since/],
      [{ ...year, entityRef: 'nowhere' }, /entityRef/],
    ],
  },
  'list-backfills': {
    input: { limit: 5 },
    statuses: keeping,
    bad: [[{ limit: 1000 }, /limit/]],
  },
  'cancel-backfill': {
    input: { id: '1' },
    // It has ended.
    statuses: [403, 403, 403, 409],
    bad: [[{}, /id/]],
  },
  'resume-backfill': {
    input: { id: '1' },
    statuses: [403, 403, 403, 409],
    bad: [[{ id: '-1' }, /id/]],
  },
};

beforeAll(async () => {
  await system.api.start();
  system.has('larkspur/payments', 1);
  knex = await databases.init();
  portal = await startPortal({
    knex,
    source: system,
    denied,
    groups: ['group:default/ledger'],
    entities: [
      group('ledger'),
      component('payments', {
        owner: 'ledger',
        annotations: { [annotation]: 'larkspur/payments' },
      }),
    ],
  });
  await portal.import(
    lines(deployment('d1'), {
      type: 'incident',
      id: 'i1',
      service: 'payments',
      createdAt: '2026-03-02T11:00:00Z',
    }),
  );
  await portal.settled();
  const { body } = await portal.invoke('start-backfill', year);
  const { id } = body.output.backfill;
  for (let state = ''; state !== 'done'; ) {
    state = (await portal.get(`/backfills/${id}`)).body.state;
  }
  await portal.invoke('set-goal', { ...goal, metric: 'changeLeadTime' });
  await portal.invoke('bring-git-history', actions['bring-git-history'].input);
});
afterAll(() => system.api.stop());
afterEach(() => denied.clear());

it('are all here', async () => {
  const { body } = await portal.actions();
  expect(body.actions.map(({ name }: { name: string }) => name).sort()).toEqual(
    Object.keys(actions).sort(),
  );
});

describe.each(Object.keys(roles) as Role[])('for a %s', role => {
  it.each(Object.keys(actions))('%s does what it may', async name => {
    roles[role].forEach(permission => denied.add(permission));
    const { input, statuses } = actions[name];
    const { status, body } = await portal.invoke(name, input);
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
  const { status, body } = await portal.invoke(name, input);
  expect(status).toBe(400);
  expect(JSON.stringify(body.error)).toMatch(message);
});

it('import-facts says of each fact what became of it', async () => {
  const { body } = await portal.invoke('import-facts', {
    facts: [imported, { ...imported, id: 'i3', createdAt: 'noon' }],
  });
  expect(body.output.report).toMatchObject({
    accepted: 1,
    rejected: 1,
    errors: [{ line: 2, message: expect.stringMatching(/createdAt/) }],
  });
});
