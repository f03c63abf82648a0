import { mockServices } from '@backstage/backend-test-utils';
import { AuditTrail } from './audit/AuditTrail';
import { ExceptionStore } from './decisions/ExceptionStore';
import { ExceptionWatch } from './exceptions/ExceptionWatch';
import { usePortal } from './__testUtils__/usePortal';

const test = usePortal();

const day = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const publicThing = { parameters: { size: 1, public: true } };

const reason = 'The page of the launch is for everybody.';

const asked = (of: object = {}) => ({
  rule: 'no-public-access',
  reason,
  until: day(30),
  ...of,
});

/** A request that a rule denied, and the exception that was asked for on it. */
async function askedException() {
  const { body: denied } = await test.portal.as('amara').ask(publicThing);
  expect(denied.state).toBe('denied');
  const { body: exception } = await test.portal
    .as('amara')
    .post('/exceptions', asked({ request: denied.id }))
    .expect(201);
  return { denied, exception };
}

/** Does what happens as time passes. */
function watch(
  now = new Date(),
  platformTeam = ['user:default/priya', 'user:default/amara'],
) {
  const send = jest.fn(async () => {});
  const work = new ExceptionWatch({
    knex: test.knex,
    audit: new AuditTrail(test.knex),
    approvers: { platformTeam: async () => platformTeam },
    exceptions: new ExceptionStore(test.knex),
    notifications: { send },
    logger: mockServices.logger.mock(),
    now: () => now,
  });
  return { send, work: () => work.work() };
}

describe('an exception', () => {
  it('is granted by the platform team; the decision then names it, and the finding stays', async () => {
    const { denied, exception } = await askedException();
    expect(exception).toMatchObject({
      number: 1,
      state: 'pending',
      scope: 'request',
      name: 'orders-thing',
      environment: 'staging',
      finding: { rule: 'no-public-access', field: 'parameters.public' },
      deciders: ['user:default/priya'],
      may: { decide: false, end: true },
    });

    // As long as nobody granted it, it lets nothing be.
    const { body: again } = await test.portal.as('amara').ask(publicThing);
    expect(again.state).toBe('denied');

    const { body: granted } = await test.portal
      .as('priya')
      .post(`/exceptions/${exception.id}/decision`, {
        verdict: 'grant',
        until: day(14),
        comment: 'For the launch.',
      })
      .expect(200);
    expect(granted).toMatchObject({
      state: 'granted',
      until: day(14),
      decidedBy: 'user:default/priya',
    });

    const { body: allowed } = await test.portal.as('amara').ask(publicThing);
    const done = await test.portal.as('amara').until(allowed.id, 'done');
    expect(done.decision).toMatchObject({
      verdict: 'allow',
      rules: [
        {
          rule: 'no-public-access',
          effect: 'warn',
          message: 'It would be public.',
          exception: { number: 1, until: day(14) },
        },
      ],
    });

    const { body: trail } = await test.portal
      .as('priya')
      .get(`/audit?request=${denied.id}`);
    expect(trail.items).toMatchObject([
      { action: 'request.created' },
      { action: 'request.denied' },
      {
        action: 'exception.asked',
        by: 'user:default/amara',
        detail: { exception: 1, text: reason },
      },
      {
        action: 'exception.granted',
        by: 'user:default/priya',
        detail: { exception: 1, until: day(14), comment: 'For the launch.' },
      },
    ]);
  });

  it('holds for what it was asked for, and for nothing else', async () => {
    const { exception } = await askedException();
    await test.portal
      .as('priya')
      .post(`/exceptions/${exception.id}/decision`, { verdict: 'grant' });
    for (const other of [{ name: 'another' }, { environment: 'production' }]) {
      const { body } = await test.portal
        .as('amara')
        .ask({ ...publicThing, ...other });
      expect(body.state).toBe('denied');
    }
  });

  it('is nobody’s to decide who is not of the platform team, nor who asked for it', async () => {
    const { exception } = await askedException();
    const decide = (person: string) =>
      test.portal
        .as(person)
        .post(`/exceptions/${exception.id}/decision`, { verdict: 'grant' });
    const { body: stranger } = await decide('jonas').expect(403);
    expect(stranger.error.message).toBe(
      'It is for the platform team to decide.',
    );
    await test.knex('exceptions').update({ asked_by: 'user:default/priya' });
    const { body: own } = await decide('priya').expect(403);
    expect(own.error.message).toContain('You asked for it yourself');
    await test.restart({
      denied: new Set(['infrastructure.exception.decide']),
    });
    await decide('jonas').expect(403);
  });

  it('says where nobody can decide, to who is about to ask and to who asked', async () => {
    const { exception } = await askedException();
    const as = (person: string) => test.portal.as(person);
    const { body: others } = await as('amara').get('/exceptions/deciders');
    expect(others).toEqual({ people: ['user:default/priya'] });
    expect(exception.note).toBeUndefined();

    await test.knex('exceptions').update({ asked_by: 'user:default/priya' });
    const note = expect.stringMatching(
      /^Nobody else .* keeps the platform.* member of group:default\/platform\.$/,
    );
    const { body: nobody } = await as('priya').get('/exceptions/deciders');
    expect(nobody).toEqual({ people: [], note });
    const { body: own } = await as('priya').get(`/exceptions/${exception.id}`);
    expect(own).toMatchObject({ deciders: [], note });
  });

  it('that nobody could decide is told to who comes to do so', async () => {
    await askedException();
    const asker = 'user:default/amara';
    const alone = watch(new Date(), [asker]);
    await alone.work();
    expect(alone.send).not.toHaveBeenCalled();
    const joined = watch(new Date(), [asker, 'user:default/priya']);
    await joined.work();
    expect(joined.send).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['a day that is past', { until: day(-1) }, 'until must be a day from'],
    ['a day too far', { until: day(91) }, 'until must be a day from'],
    [
      'a rule with nothing against it',
      { rule: 'backups' },
      'backups has nothing against it',
    ],
    ['the quota', { rule: 'quota' }, 'quota knows no exceptions'],
    ['a reason that says nothing', { reason: 'Because' }, 'reason'],
  ])('is not for %s', async (_, wrong, message) => {
    const { body: denied } = await test.portal.as('amara').ask(publicThing);
    const { body } = await test.portal
      .as('amara')
      .post('/exceptions', asked({ request: denied.id, ...wrong }))
      .expect(400);
    expect(body.error.message).toContain(message);
    expect(await test.knex('exceptions')).toEqual([]);
  });

  it('is about a request or a resource that one’s own group owns', async () => {
    const { body: denied } = await test.portal.as('amara').ask(publicThing);
    const at = (person: string) => test.portal.as(person);
    await at('amara').post('/exceptions', asked()).expect(400);
    await at('tomas')
      .post('/exceptions', asked({ request: denied.id }))
      .expect(403);
    await test.restart({
      denied: new Set(['infrastructure.exception.create']),
    });
    await at('amara')
      .post('/exceptions', asked({ request: denied.id }))
      .expect(403);
    expect(await test.knex('exceptions')).toEqual([]);
  });

  it('is asked for once: of ten at the same time, one waits', async () => {
    const { body: denied } = await test.portal.as('amara').ask(publicThing);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        test.portal
          .as('amara')
          .post('/exceptions', asked({ request: denied.id })),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      201,
      ...Array(9).fill(409),
    ]);
    const key = { 'Idempotency-Key': 'the-same-decision' };
    const { id } = answers.find(({ status }) => status === 201)?.body;
    const grant = { verdict: 'grant' };
    const priya = test.portal.as('priya');
    const decision = `/exceptions/${id}/decision`;
    await priya.post(decision, grant, key).expect(200);
    await priya.post(decision, grant, key).expect(200);
    await priya.post(decision, grant).expect(409);
  });

  it('is taken back by who asked, and revoked by owner or platform team', async () => {
    const { exception } = await askedException();
    const end = (person: string, id: string) =>
      test.portal.as(person).post(`/exceptions/${id}/end`);
    await end('jonas', exception.id).expect(403);
    const { body: withdrawn } = await end('amara', exception.id).expect(200);
    expect(withdrawn.state).toBe('withdrawn');
    await end('amara', exception.id).expect(409);

    const { exception: other } = await askedException();
    await test.portal
      .as('priya')
      .post(`/exceptions/${other.id}/decision`, { verdict: 'grant' });
    await end('tomas', other.id).expect(403);
    const { body: revoked } = await end('jonas', other.id).expect(200);
    expect(revoked).toMatchObject({
      state: 'revoked',
      endedBy: 'user:default/jonas',
    });
    const { body } = await test.portal.as('amara').ask(publicThing);
    expect(body.state).toBe('denied');
  });

  it('that ended between approval and apply lets nothing be applied', async () => {
    const { exception } = await askedException();
    await test.portal
      .as('priya')
      .post(`/exceptions/${exception.id}/decision`, { verdict: 'grant' });
    await test.restart({
      policy: {
        async judge({ exceptions }) {
          const [exception_] = exceptions;
          return {
            revision: 'tests',
            rules: [],
            results: [
              {
                rule: 'no-public-access',
                effect: exception_ ? 'approval' : 'deny',
                message: 'It would be public.',
                reason: 'What is public is found.',
                remedy: 'Leave it private.',
                ...(exception_ && {
                  exception: { number: 1, until: exception_.until },
                }),
              },
            ],
          };
        },
      },
    });
    const { body: waiting } = await test.portal.as('amara').ask(publicThing);
    const { plan } = await test.portal
      .as('amara')
      .until(waiting.id, 'pendingApproval');
    await test.knex('exceptions').update({ until: day(-1) });
    await test.portal
      .as('jonas')
      .post(`/requests/${waiting.id}/approvals`, {
        verdict: 'approve',
        planHash: plan?.hash,
      })
      .expect(200);
    const ended = await test.portal.as('amara').until(waiting.id, 'denied');
    expect(ended.message).toContain('It would be public.');
    expect(test.engine.applied.size).toBe(0);
  });
});

describe('the end of an exception', () => {
  it('is told a week before, comes on its day, and is written down once', async () => {
    const { exception } = await askedException();
    const asking = watch();
    await Promise.all([asking.work(), watch().work()]);
    await asking.work();
    expect(asking.send.mock.calls.length).toBeLessThanOrEqual(1);
    await test.portal.as('priya').post(`/exceptions/${exception.id}/decision`, {
      verdict: 'grant',
      until: day(10),
    });

    const early = watch();
    await early.work();
    expect(early.send.mock.calls).toMatchObject([
      [{ payload: { title: expect.stringContaining('was granted') } }],
    ]);
    const soon = watch(new Date(Date.now() + 4 * 86_400_000));
    await soon.work();
    await soon.work();
    expect(soon.send).toHaveBeenCalledTimes(1);
    expect(soon.send).toHaveBeenCalledWith({
      recipients: {
        type: 'entity',
        entityRef: ['group:default/ledger', 'user:default/amara'],
      },
      payload: expect.objectContaining({
        title: `Exception 1 from no-public-access for orders-thing ends on ${day(
          10,
        )}`,
        link: `/infrastructure/exceptions/${exception.id}`,
      }),
    });

    const later = watch(new Date(Date.now() + 11 * 86_400_000));
    await Promise.all([later.work(), later.work()]);
    const { body } = await test.portal
      .as('amara')
      .get(`/exceptions/${exception.id}`);
    expect(body.state).toBe('expired');
    const { body: trail } = await test.portal.as('priya').get('/audit');
    expect(
      trail.items.filter(
        ({ action }: { action: string }) => action === 'exception.expired',
      ),
    ).toHaveLength(1);
  });

  it('tells the platform team of what waits, but not who asked, and tells later what could not be told', async () => {
    await askedException();
    const { send, work } = watch();
    send.mockRejectedValueOnce(new Error('away'));
    await work();
    await work();
    expect(send).toHaveBeenCalledTimes(2);
    expect(send).toHaveBeenLastCalledWith(
      expect.objectContaining({
        recipients: { type: 'entity', entityRef: ['user:default/priya'] },
      }),
    );
  });
});

describe('the list of exceptions', () => {
  it('is filtered by state, rule, owner, request and resource', async () => {
    const { denied, exception } = await askedException();
    const total = async (query: string) =>
      (await test.portal.as('tomas').get(`/exceptions?${query}`).expect(200))
        .body.total;
    expect(await total('')).toBe(1);
    expect(await total('state=pending&state=granted')).toBe(1);
    expect(await total('state=expired')).toBe(0);
    expect(await total('rule=backups')).toBe(0);
    expect(await total('owner=group:default/ledger')).toBe(1);
    expect(await total('owner=group:default/storefront')).toBe(0);
    expect(await total(`request=${denied.id}`)).toBe(1);
    expect(await total(`resource=${denied.resourceId}`)).toBe(1);
    expect(await total(`resource=${exception.id}`)).toBe(0);
    await test.knex('exceptions').update({ until: day(-1) });
    expect(await total('state=pending')).toBe(0);
    expect(await total('state=expired')).toBe(1);
    await test.portal.as('tomas').get(`/exceptions/${denied.id}`).expect(404);
  });
});
