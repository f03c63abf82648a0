import type { Knex } from 'knex';
import { useDatabases } from './__testUtils__/databases';
import { component, group } from './__testUtils__/entities';
import { deployment, lines } from './__testUtils__/example';
import { startPortal, TestSource } from './__testUtils__/portal';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const databases = useDatabases();
const denied = new Set<string>();
const groups: string[] = [];
const audited: object[] = [];
let knex: Knex;
let portal: Awaited<ReturnType<typeof startPortal>>;

const day = 86_400_000;
const dateOf = (instant: number) =>
  new Date(instant).toISOString().slice(0, 10);
const today = dateOf(Date.now());

/** So many deployments so many days ago, some of which failed. */
const deployments = (daysAgo: number, count: number, failures = 0) =>
  Array.from({ length: count }, (_, index) =>
    deployment(`${daysAgo}-${index}`, {
      finishedAt: new Date(
        Date.now() - daysAgo * day - (index + 1) * 60_000,
      ).toISOString(),
      status: index < failures ? 'failure' : 'success',
      sha: `${daysAgo}a${index}`,
    }),
  );

beforeAll(async () => {
  knex = await databases.init();
  portal = await startPortal({
    knex,
    source: new TestSource(),
    denied,
    groups,
    audited,
    entities: [
      group('company'),
      group('payments', 'company'),
      group('ledger', 'payments'),
      group('shop', 'company'),
      component('payments', { owner: 'ledger' }),
    ],
  });
  await portal.import(
    lines(...deployments(40, 10, 4), ...deployments(2, 10, 2)),
  );
  await portal.settled();
});
beforeEach(async () => {
  await knex('goals').delete();
  denied.clear();
  groups.splice(0, groups.length);
  audited.splice(0, audited.length);
});

const wanted = {
  entityRef: 'group:default/ledger',
  metric: 'changeFailRate',
  target: 0.1,
};

describe('goals', () => {
  it('are set with what was left out, and say how far they have come', async () => {
    // Between 18 and 19 of 29 days, whatever the hour: two thirds are more.
    const start = dateOf(Date.now() - 18 * day);
    const due = dateOf(Date.now() + 10 * day);
    const { status, body } = await portal.post('/goals', {
      ...wanted,
      start,
      due,
    });
    expect({ status, body }).toMatchObject({
      status: 201,
      body: {
        entityRef: 'group:default/ledger',
        title: 'ledger',
        unit: 'share',
        percentile: null,
        better: 'lower',
        environment: 'production',
        windowDays: 28,
        setBy: 'user:default/amara',
        progress: {
          status: 'onTrack',
          start: { state: 'measured', value: 0.4, n: 10 },
          now: { state: 'measured', value: 0.2, n: 10 },
          share: expect.closeTo(2 / 3, 5),
        },
      },
    });
    expect(body.progress.expected).toBeGreaterThan(0.6);
    expect((await portal.get(`/goals/${body.id}`)).body).toMatchObject({
      id: body.id,
      due,
    });
  });

  it('have a value for each percentile of a duration, and nothing is no zero', async () => {
    const lead = { ...wanted, metric: 'changeLeadTime', target: 3600 };
    const first = await portal.post('/goals', lead);
    expect(first.body).toMatchObject({
      percentile: 'p50',
      progress: { status: 'none', now: { state: 'none', value: null } },
    });
    const other = await portal.post('/goals', { ...lead, percentile: 'p90' });
    expect(other.status).toBe(201);
    expect((await portal.post('/goals', lead)).status).toBe(409);
    await portal.delete(`/goals/${first.body.id}`);
    expect((await portal.post('/goals', lead)).status).toBe(201);
  });

  it('are listed by group, with those below, and ended ones apart', async () => {
    const { body: ended } = await portal.post('/goals', wanted);
    await portal.post('/goals', { ...wanted, entityRef: 'company' });
    expect((await portal.delete(`/goals/${ended.id}`)).body).toMatchObject({
      endedBy: 'user:default/amara',
    });
    await portal.post('/goals', wanted);
    const listed = async (query: string) => {
      const { body } = await portal.get(`/goals?${query}`);
      expect(body.items).toHaveLength(Math.min(body.total, 50));
      return body.items.map((goal: { title: string }) => goal.title);
    };
    expect(await listed('')).toEqual(['company', 'ledger']);
    expect(await listed('entityRef=group:default/payments')).toEqual([]);
    expect(await listed('entityRef=group:default/payments&below=true')).toEqual(
      ['ledger'],
    );
    expect(await listed('state=ended')).toEqual(['ledger']);
    expect((await portal.delete(`/goals/${ended.id}`)).status).toBe(404);
    expect(
      (await portal.patch(`/goals/${ended.id}`, { target: 0.2 })).status,
    ).toBe(404);
  });

  it('change what is said, and keep the rest', async () => {
    const { body } = await portal.post('/goals', {
      ...wanted,
      start: dateOf(Date.now() - 10 * day),
      due: dateOf(Date.now() + 30 * day),
    });
    const changed = await portal.patch(`/goals/${body.id}`, {
      target: 0.3,
      due: null,
    });
    expect(changed.body).toMatchObject({
      start: body.start,
      target: 0.3,
      due: null,
      changedBy: 'user:default/amara',
      progress: { status: 'reached', share: 1, expected: null },
    });
  });

  it.each([
    [{ entityRef: 'component:default/payments' }, 400, /a component is none/],
    [{ entityRef: 'a:b:c:d' }, 400, /entityRef/],
    [{ entityRef: 'group:default/nobody' }, 404, /knows no group/],
    [{ metric: 'happiness' }, 400, /metric/],
    [{ percentile: 'p50' }, 400, /percentile: changeFailRate has none/],
    [{ target: 5 }, 400, /5 % is 0.05/],
    [{ target: -1 }, 400, /target/],
    [{ target: 'low' }, 400, /target/],
    [{ metric: 'changeLeadTime', target: 0 }, 400, /seconds above 0/],
    [{ metric: 'deploymentFrequency', target: 0 }, 400, /deployments a day/],
    [{ start: '2026-02-30' }, 400, /start: the calendar has no/],
    [{ start: 'today' }, 400, /start/],
    [{ start: dateOf(Date.now() + 3 * day) }, 400, /still to come/],
    [{ start: '1999-01-01' }, 400, /years ago/],
    [{ due: today }, 400, /is not after/],
    [{ start: '2026-01-01', due: '2026-01-02' }, 400, /due: .*is over/],
    [{ due: '2199-01-01' }, 400, /years away/],
    [{ environment: 'prodution' }, 400, /nothing was ever deployed/],
    [{ colour: 'red' }, 400, /colour|additional/],
  ])('refuse %j and say what is wrong', async (more, status, message) => {
    const answer = await portal.post('/goals', { ...wanted, ...more });
    expect({
      status: answer.status,
      message: answer.body.error?.message,
    }).toEqual({ status, message: expect.stringMatching(message) });
    expect(await knex('goals')).toEqual([]);
  });

  it('refuse a change that makes no sense, and stay as they were', async () => {
    const { body } = await portal.post('/goals', wanted);
    for (const change of [{ target: 2 }, { due: body.start }, {}]) {
      const { status } = await portal.patch(`/goals/${body.id}`, change);
      expect(status).toBe(400);
    }
    expect((await portal.get(`/goals/${body.id}`)).body).toMatchObject({
      target: 0.1,
      due: null,
    });
  });

  describe('are set by those who lead', () => {
    beforeEach(() => denied.add('dora.goal.manage'));

    it.each([
      ['the group', ['group:default/ledger'], 201],
      ['a group above it', ['group:default/company'], 201],
      ['another group', ['group:default/shop'], 403],
      ['nothing', [], 403],
    ])('%s', async (_, theirs, status) => {
      groups.push(...theirs);
      expect((await portal.post('/goals', wanted)).status).toBe(status);
      const { body } = await portal.get(
        '/goals?entityRef=group:default/ledger',
      );
      expect(body.maySet).toBe(status === 201);
    });

    it('and not by a member who leads nothing', async () => {
      groups.push('group:default/ledger');
      denied.add('dora.goal.update');
      expect((await portal.post('/goals', wanted)).status).toBe(403);
      const { body } = await portal.get(
        '/goals?entityRef=group:default/ledger',
      );
      expect(body.maySet).toBe(false);
    });

    it('and changed and ended by nobody else', async () => {
      groups.push('group:default/ledger');
      const { body } = await portal.post('/goals', wanted);
      groups.splice(0, 1, 'group:default/shop');
      const address = `/goals/${body.id}`;
      expect((await portal.patch(address, { target: 0.2 })).status).toBe(403);
      expect((await portal.delete(address)).status).toBe(403);
      groups.splice(0, 1, 'group:default/payments');
      expect((await portal.patch(address, { target: 0.2 })).status).toBe(200);
      expect((await portal.delete(address)).status).toBe(200);
    });
  });

  it('are audited with what they were before and after, and with refusals', async () => {
    const { body } = await portal.post('/goals', wanted);
    await portal.patch(`/goals/${body.id}`, { target: 0.2 });
    await portal.delete(`/goals/${body.id}`);
    denied.add('dora.goal.update');
    await portal.post('/goals', wanted);
    const by = 'user:default/amara';
    expect(audited).toMatchObject([
      {
        eventId: 'goal-set',
        meta: { by, asked: wanted },
        ended: { id: body.id, after: { target: 0.1 } },
      },
      {
        eventId: 'goal-change',
        meta: { by, id: body.id, asked: { target: 0.2 } },
        ended: { before: { target: 0.1 }, after: { target: 0.2 } },
      },
      {
        eventId: 'goal-end',
        meta: { by, id: body.id },
        ended: { before: { target: 0.2 }, after: null },
      },
      { eventId: 'goal-set', meta: { by }, failed: 'NotAllowedError' },
    ]);
  });
});

it('lists the environments that something was deployed to, production first', async () => {
  await portal.import(lines(deployment('staged', { environment: 'stage' })));
  expect((await portal.get('/environments')).body).toEqual({
    items: ['production', 'staging'],
  });
});
