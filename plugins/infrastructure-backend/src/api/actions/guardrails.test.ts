import { useDatabases } from '../../__testUtils__/databases';
import { complianceWatch } from '../../__testUtils__/complianceWatch';
import {
  startPortal,
  testPolicy,
  type Portal,
} from '../../__testUtils__/portal';
import { TestEngine } from '../../__testUtils__/TestEngine';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const databases = useDatabases();
const denied = new Set<string>();
let portal: Portal;

const nowhere = '00000000-0000-4000-8000-000000000000';
const reason = 'The page of the launch is for everybody.';
const day = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const all = [
  'infrastructure.read',
  'infrastructure.exception.create',
  'infrastructure.exception.decide',
  'infrastructure.request.decide',
];
const developing = all.slice(2);
/** What each lacks, and who they are; the audit trail is the platform's in any case. */
const roles = {
  nobody: { lacks: all, person: 'amara' },
  viewer: { lacks: all.slice(1), person: 'amara' },
  developer: { lacks: developing, person: 'amara' },
  'developer of another team': { lacks: developing, person: 'tomas' },
  lead: { lacks: ['infrastructure.exception.decide'], person: 'jonas' },
  'lead whom the catalog does not count in': { lacks: [], person: 'jonas' },
  'platform engineer': { lacks: [], person: 'priya' },
};
type Role = keyof typeof roles;
/** In the order of the roles above. */
type Statuses = number[];

const reading: Statuses = [403, 200, 200, 200, 200, 200, 200];
const keeping: Statuses = [403, 403, 403, 403, 403, 403, 200];

let judgement: string;
let done: string;
let made = 0;

/** A request of Ledger that a rule denied. */
async function deniedRequest(): Promise<string> {
  made += 1;
  const { body } = await portal.as('amara').ask({
    name: `public-${made}`,
    parameters: { size: 1, public: true },
  });
  return body.id;
}

/** An exception that waits. */
async function exception(): Promise<string> {
  const { body } = await portal
    .as('amara')
    .post('/exceptions', {
      rule: 'no-public-access',
      reason,
      until: day(30),
      request: await deniedRequest(),
    })
    .expect(201);
  return body.id;
}

/** One that holds. */
async function granted(): Promise<string> {
  const id = await exception();
  await portal
    .as('priya')
    .post(`/exceptions/${id}/decision`, { verdict: 'grant' })
    .expect(200);
  return id;
}

/** Jonas has Tomas stand in. */
async function delegation(): Promise<string> {
  const { body } = await portal
    .as('jonas')
    .post('/delegations', {
      to: 'user:default/tomas',
      from: day(0),
      until: day(14),
    })
    .expect(201);
  return body.id;
}

/** Every action, whom it serves with something that is there anew, and what it does not understand. */
const actions: Record<
  string,
  {
    input: () => object | Promise<object>;
    statuses: Statuses;
    bad: [object, RegExp][];
  }
> = {
  'list-exceptions': {
    input: () => ({ state: ['pending'] }),
    statuses: reading,
    bad: [
      [{ state: ['odd'] }, /state/],
      [{ limit: 0 }, /limit/],
    ],
  },
  'ask-exception': {
    input: async () => ({
      rule: 'no-public-access',
      reason,
      until: day(30),
      request: await deniedRequest(),
    }),
    // For the owner alone: the platform team would decide on its own.
    statuses: [403, 403, 200, 403, 200, 200, 403],
    bad: [
      [{ rule: 'x', reason: 'short', until: day(1) }, /reason/],
      [{ rule: 'x', reason, until: 'soon' }, /until/],
      [{ rule: 'x', reason, until: day(1), request: '1' }, /request/],
    ],
  },
  'decide-exception': {
    input: async () => ({ id: await exception(), verdict: 'refuse' }),
    statuses: keeping,
    bad: [
      [{ id: nowhere, verdict: 'maybe' }, /verdict/],
      [{ verdict: 'grant' }, /id/],
    ],
  },
  'end-exception': {
    input: async () => ({ id: await granted() }),
    statuses: [403, 403, 200, 403, 200, 200, 200],
    bad: [[{ id: 'one' }, /id/]],
  },
  'get-compliance': {
    input: () => ({}),
    statuses: reading,
    bad: [
      [{ at: 'yesterday' }, /at/],
      [{ finding: ['odd'] }, /finding/],
      [{ offset: -1 }, /offset/],
    ],
  },
  'get-judgement': {
    input: () => ({ id: judgement }),
    // Another team does not even learn that it is there.
    statuses: [403, 200, 200, 404, 200, 200, 200],
    bad: [[{}, /id/]],
  },
  'replay-request': {
    input: () => ({ id: done }),
    statuses: reading,
    bad: [[{ id: 1 }, /id/]],
  },
  'replay-decisions': {
    input: () => ({ from: `${day(-1)}T00:00:00Z` }),
    statuses: keeping,
    bad: [
      [{}, /from/],
      [{ from: day(-1) }, /from/],
      [{ from: `${day(-1)}T00:00:00Z`, limit: 1000 }, /limit/],
    ],
  },
  'verify-audit': { input: () => ({}), statuses: keeping, bad: [] },
  'list-delegations': { input: () => ({}), statuses: reading, bad: [] },
  'delegate-approvals': {
    input: () => ({
      to: 'user:default/lena',
      from: day(0),
      until: day(14),
    }),
    statuses: [403, 403, 403, 403, 200, 200, 200],
    bad: [
      [{ to: 'lena', from: day(0), until: day(1) }, /to/],
      [{ to: 'user:default/lena', from: 'now', until: day(1) }, /from/],
      [{ to: 'user:default/gone', from: day(0), until: day(1) }, /catalog/],
      [{ to: 'user:default/lena', from: day(2), until: day(1) }, /until/],
    ],
  },
  'end-delegation': {
    input: async () => ({ id: await delegation() }),
    // Whose it is; nobody takes another's stand-in away.
    statuses: [403, 403, 403, 403, 200, 200, 403],
    bad: [[{ id: 'mine' }, /id/]],
  },
};

beforeAll(async () => {
  const knex = await databases.init();
  const engine = new TestEngine();
  portal = await startPortal({ knex, engine, denied });
  const { body: asked } = await portal.as('amara').ask();
  await portal.as('amara').until(asked.id, 'done');
  done = asked.id;
  await (await complianceWatch({ knex, engine, policy: testPolicy })).look();
  const { body: report } = await portal.as('priya').get('/compliance');
  judgement = report.items[0].judgement;
});
beforeEach(() => denied.clear());
afterAll(() => portal.stop());

it('are those of which the other tests say nothing', async () => {
  const { body } = await portal.as('amara').actions();
  const names = body.actions.map(({ name }: { name: string }) => name);
  expect(names).toEqual(expect.arrayContaining(Object.keys(actions)));
});

describe.each(Object.keys(roles) as Role[])('for a %s', role => {
  it.each(Object.keys(actions))('%s does what it may', async name => {
    const { lacks, person } = roles[role];
    const { input, statuses } = actions[name];
    const given = await input();
    lacks.forEach(permission => denied.add(permission));
    const { status, body } = await portal.as(person).invoke(name, given);
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

it('shows a team what it owns, and the platform all of it', async () => {
  const { body: own } = await portal.as('tomas').invoke('get-compliance', {});
  expect(own.output.total).toBe(0);
  const { body: whole } = await portal.as('priya').invoke('get-compliance', {});
  expect(whole.output.total).toBeGreaterThan(0);
});
