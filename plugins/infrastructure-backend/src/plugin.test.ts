import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { genesis, hashOf } from './audit/AuditTrail';
import { startPortal, type Portal } from './__testUtils__/portal';
import { TestEngine } from './__testUtils__/TestEngine';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

let knex: Knex;
let engine: TestEngine;
let portal: Portal;

beforeEach(async () => {
  knex = await databases.init('POSTGRES_18');
  engine = new TestEngine();
  portal = await startPortal({ knex, engine });
});

afterEach(() => portal.stop());

describe('a request outside production', () => {
  it('is approved by rule, done, and gives addresses to all and the secret once to its owners', async () => {
    const { body: asked } = await portal.as('amara').ask().expect(202);
    const done = await portal.as('amara').until(asked.id, 'done', 'failed');

    expect(done).toMatchObject({
      state: 'done',
      decision: { verdict: 'allow', estimate: { low: 1, high: 2 } },
      plan: { changes: [{ action: 'create', address: 'orders-thing' }] },
      runs: [
        { kind: 'plan', state: 'done' },
        { kind: 'apply', state: 'done' },
      ],
    });
    expect([...engine.applied.values()]).toEqual([1]);

    const at = `/resources/${asked.resourceId}`;
    const { body: resource } = await portal.as('tomas').get(at);
    expect(resource).toMatchObject({
      state: 'ready',
      parameters: { size: 1, public: false },
      tags: {
        'managed-by': 'waymark',
        owner: 'group:default/ledger',
        'request-id': asked.id,
      },
      may: { change: false, reveal: false },
    });
    expect(resource.outputs).toEqual([
      { name: 'host', title: 'Host', secret: false, value: 'example.test' },
      { name: 'password', title: 'Password', secret: true },
    ]);

    for (const stranger of ['tomas', 'priya']) {
      await portal.as(stranger).post(`${at}/secrets/password`).expect(403);
    }
    const { body: shown } = await portal
      .as('amara')
      .post(`${at}/secrets/password`)
      .expect(200);
    expect(shown).toEqual({ name: 'password', value: 'hunter22' });
    const { body: again } = await portal
      .as('jonas')
      .post(`${at}/secrets/password`)
      .expect(409);
    expect(again.error.message).toContain('was shown to user:default/amara');
  });

  it('keeps its secrets out of the log and out of the database', async () => {
    const { body: asked } = await portal.as('amara').ask();
    await portal.as('amara').until(asked.id, 'done');
    const { body: log } = await portal
      .as('tomas')
      .get(`/requests/${asked.id}/log`);
    expect(log.lines.map(({ text }: { text: string }) => text)).toContain(
      'the password is [concealed]',
    );
    for (const table of [
      'run_lines',
      'secrets',
      'resources',
      'audit',
      'plans',
    ]) {
      const rows = await knex(table).select(knex.raw(`${table}::text as row`));
      expect(JSON.stringify(rows)).not.toContain('hunter22');
      expect(JSON.stringify(rows)).not.toContain(
        Buffer.from('hunter22').toString('hex'),
      );
    }
  });

  it('can be changed and ended, and leaves room for the next', async () => {
    const amara = portal.as('amara');
    const { body: asked } = await amara.ask();
    await amara.until(asked.id, 'done');
    const { body: update } = await amara
      .post('/requests', {
        kind: 'update',
        resourceId: asked.resourceId,
        parameters: { size: 7 },
      })
      .expect(202);
    const updated = await amara.until(update.id, 'done');
    expect(updated.decision).toMatchObject({
      costChange: { low: 6, high: 12 },
    });
    expect(engine.made.get(asked.resourceId)).toEqual({
      size: 7,
      public: false,
    });

    const { body: end } = await amara.post('/requests', {
      kind: 'destroy',
      resourceId: asked.resourceId,
    });
    const ended = await amara.until(end.id, 'done');
    expect(ended.decision?.affected).toEqual([
      {
        entityRef: 'component:default/orders',
        owner: 'group:default/ledger',
        onCall: 'PagerDuty service P123',
      },
    ]);
    expect(engine.made.size).toBe(0);
    expect(await knex('reservations')).toEqual([]);
    await amara.ask().expect(202);
  });
});

describe('a request for production', () => {
  it('waits for a lead, who is somebody else, belongs to the owners, and saw this plan', async () => {
    const { body: asked } = await portal
      .as('jonas')
      .ask({ environment: 'production' });
    const waiting = await portal.as('jonas').until(asked.id, 'pendingApproval');
    expect(waiting.decision?.approvers).toEqual([
      {
        kind: 'ownerLead',
        people: ['user:default/jonas'],
        because: ['A change of production needs a second person.'],
      },
    ]);
    const approve = (person: string, planHash = waiting.plan?.hash) =>
      portal.as(person).post(`/requests/${asked.id}/approvals`, {
        verdict: 'approve',
        planHash,
      });

    const { body: self } = await approve('jonas').expect(403);
    expect(self.error.message).toContain('You asked for it yourself');
    const { body: stranger } = await approve('lena').expect(403);
    expect(stranger.error.message).toContain('user:default/jonas to decide');
    expect(engine.made.size).toBe(0);
  });

  it('is done once the lead approved, and shows who waits for what until then', async () => {
    const { body: asked } = await portal
      .as('amara')
      .ask({ environment: 'production' });
    const waiting = await portal.as('jonas').until(asked.id, 'pendingApproval');
    expect(waiting.next.waitsFor).toEqual(['user:default/jonas']);
    expect(waiting.may).toMatchObject({ approve: true });
    const listFor = async (person: string) =>
      (await portal.as(person).get('/requests?view=approvals')).body.total;
    expect(await listFor('jonas')).toBe(1);
    expect(await listFor('amara')).toBe(0);

    const { body: stale } = await portal
      .as('jonas')
      .post(`/requests/${asked.id}/approvals`, {
        verdict: 'approve',
        planHash: 'another',
      })
      .expect(409);
    expect(stale.error.message).toContain('The plan is another one by now');

    await portal
      .as('jonas')
      .post(`/requests/${asked.id}/approvals`, {
        verdict: 'approve',
        planHash: waiting.plan?.hash,
        comment: 'Looks right',
      })
      .expect(200);
    const done = await portal.as('amara').until(asked.id, 'done');
    expect(done.approvals).toMatchObject([
      { by: 'user:default/jonas', verdict: 'approve', counts: true },
    ]);
    expect(await listFor('jonas')).toBe(0);
  });

  it('asks again when the plan is another one at the time of applying, and not when it is the same', async () => {
    const { body: asked } = await portal
      .as('amara')
      .ask({ environment: 'production' });
    const first = await portal.as('jonas').until(asked.id, 'pendingApproval');
    engine.surroundings = 'changed';
    const approve = (planHash: string | undefined) =>
      portal
        .as('jonas')
        .post(`/requests/${asked.id}/approvals`, {
          verdict: 'approve',
          planHash,
        })
        .expect(200);
    await approve(first.plan?.hash);
    let second = first;
    while (second.plan?.hash === first.plan?.hash) {
      second = await portal
        .as('jonas')
        .until(asked.id, 'pendingApproval', 'done');
    }
    expect(second.state).toBe('pendingApproval');
    expect(second.approvals).toMatchObject([{ counts: false }]);
    expect(engine.made.size).toBe(0);
    await approve(second.plan?.hash);
    await portal.as('amara').until(asked.id, 'done');
  });

  it('ends when the lead rejects it, and its name is free again', async () => {
    const { body: asked } = await portal
      .as('amara')
      .ask({ environment: 'production' });
    const { plan } = await portal
      .as('jonas')
      .until(asked.id, 'pendingApproval');
    const { body: rejected } = await portal
      .as('jonas')
      .post(`/requests/${asked.id}/approvals`, {
        verdict: 'reject',
        planHash: plan?.hash,
        comment: 'Use the one there is',
      })
      .expect(200);
    expect(rejected).toMatchObject({
      state: 'rejected',
      message: expect.stringContaining('Use the one there is'),
    });
    await portal.as('amara').ask({ environment: 'production' }).expect(202);
  });
});

describe('what is not allowed', () => {
  it.each([
    [
      'a rule',
      { parameters: { size: 1, public: true } },
      'It would be public. Leave it private.',
    ],
    ['the budget', { parameters: { size: 60_000 } }, 'size must be <= 1000'],
  ])('is told by %s, and nothing is made', async (_, wish, message) => {
    const { body, status } = await portal.as('amara').ask(wish);
    expect(JSON.stringify(body)).toContain(message);
    expect(status === 400 || body.state === 'denied').toBe(true);
    expect(engine.made.size).toBe(0);
    expect(await knex('reservations')).toEqual([]);
  });

  it('names each field that is not right', async () => {
    const { body } = await portal
      .as('amara')
      .ask({
        name: 'Not A Name',
        environment: 'moon',
        component: 'component:default/ledger/x',
        parameters: { size: '1', colour: 'red' },
      })
      .expect(400);
    expect(body.error.message).toBe(
      [
        'name must begin with a lower case letter and hold lower case letters, digits and dashes',
        'environment must be one of staging, production',
        'component must be the entity reference of a component, like component:default/orders',
        'parameters.colour is not a parameter of this offering',
        'parameters.size must be integer',
      ].join('; '),
    );
  });

  it('is a group of others, or one the catalog lacks', async () => {
    await portal.as('tomas').ask().expect(403);
    const { body } = await portal
      .as('priya')
      .ask({ owner: 'group:default/nobody' })
      .expect(400);
    expect(body.error.message).toBe(
      'owner group:default/nobody is not in the catalog',
    );
  });

  it('is all of it while policy does not answer', async () => {
    await portal.stop();
    portal = await startPortal({ knex, engine, policy: null });
    const { body } = await portal.as('amara').ask().expect(202);
    expect(body).toMatchObject({
      state: 'denied',
      decision: { rules: [{ rule: 'policy-answers', effect: 'deny' }] },
    });
  });

  it('is more than the budget, which counts what is in flight', async () => {
    await portal.stop();
    portal = await startPortal({ knex, engine, budget: 100 });
    const { body: first } = await portal
      .as('amara')
      .ask({ parameters: { size: 40 } });
    expect(first.state).not.toBe('denied');
    const { body: second } = await portal
      .as('amara')
      .ask({ name: 'second', parameters: { size: 40 } });
    expect(second).toMatchObject({
      state: 'denied',
      message: expect.stringContaining(
        '80.00 USD of the budget of 100.00 USD a month are taken; this may cost up to 80.00 USD.',
      ),
    });
  });

  it('is more than the quota: of 50 at the same time for the last 5, exactly 5 pass', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        portal.as('amara').ask({ name: `thing-${index}` }),
      ),
    );
    const states = answers.map(({ body }) => body.state === 'denied');
    expect(states.filter(denied => !denied)).toHaveLength(5);
    for (const { body } of answers.filter((_, index) => !states[index])) {
      await portal.as('amara').until(body.id, 'done');
    }
    expect(engine.made.size).toBe(5);
    const { body: allowances } = await portal
      .as('tomas')
      .get('/allowances?owner=group:default/ledger');
    expect(allowances.quotas).toEqual([
      { environment: 'staging', unit: 'things', limit: 5, used: 5, asked: 0 },
    ]);
  }, 60_000);
});

describe('the same said twice', () => {
  it('has its effect once with the same key, and is refused with another body', async () => {
    const key = { 'Idempotency-Key': 'one-and-the-same' };
    const wish = {
      kind: 'create',
      offering: 'thing',
      name: 'once',
      environment: 'staging',
      owner: 'group:default/ledger',
      parameters: { size: 1 },
    };
    const amara = portal.as('amara');
    const { body: first } = await amara
      .post('/requests', wish, key)
      .expect(202);
    const { body: again } = await amara
      .post('/requests', wish, key)
      .expect(202);
    expect(again.id).toBe(first.id);
    await amara.post('/requests', { ...wish, name: 'twice' }, key).expect(409);
    expect((await amara.get('/requests')).body.total).toBe(1);
  });

  it('is refused without one while the name is taken', async () => {
    await portal.as('amara').ask().expect(202);
    const { body } = await portal.as('amara').ask().expect(409);
    expect(body.error.message).toContain('choose another name');
  });
});

describe('a run', () => {
  it('that fails says why, and can be tried again', async () => {
    engine.onApply = async () => {
      throw new Error('hunter22 was refused by the server');
    };
    const { body: asked } = await portal.as('amara').ask();
    const failed = await portal.as('amara').until(asked.id, 'failed');
    expect(failed.message).toBe('[concealed] was refused by the server');
    expect(failed.may).toMatchObject({ retry: true, cancel: false });

    engine.onApply = async () => {};
    await portal.as('tomas').post(`/requests/${asked.id}/retry`).expect(403);
    await portal.as('amara').post(`/requests/${asked.id}/retry`).expect(200);
    await portal.as('amara').until(asked.id, 'done');
  });

  it('can be cancelled while people are asked, and not once it is done', async () => {
    const { body: asked } = await portal
      .as('amara')
      .ask({ environment: 'production' });
    await portal.as('amara').until(asked.id, 'pendingApproval');
    const cancel = () =>
      portal.as('amara').post(`/requests/${asked.id}/cancel`);
    const { body } = await cancel().expect(200);
    expect(body).toMatchObject({ state: 'cancelled' });
    await cancel().expect(409);
    expect(await knex('reservations')).toEqual([]);
  });

  it.each(['ask', 'again'] as const)(
    'whose process died in the middle is taken up as its engine says: %s',
    async after => {
      engine.afterInterruption = after;
      let died: () => void = () => {};
      const dying = new Promise<void>(resolve => {
        died = resolve;
      });
      engine.onApply = async ({ signal }) => {
        engine.onApply = async () => {};
        died();
        await new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(new Error('aborted'))),
        );
      };
      const { body: asked } = await portal.as('amara').ask();
      await dying;
      // The process is gone: nobody renews the lease, which ends at once here.
      await knex('runs')
        .where({ state: 'running' })
        .update({ lease_until: knex.raw(`now() - interval '1 minute'`) });
      const other = await startPortal({ knex, engine });
      const ended = await other
        .as('amara')
        .until(asked.id, 'done', 'interrupted');
      await other.stop();
      expect(ended.state).toBe(after === 'again' ? 'done' : 'interrupted');
      expect(engine.applied.size).toBe(after === 'again' ? 1 : 0);
    },
    60_000,
  );
});

describe('the audit trail', () => {
  it('is chained, and a database that is asked to change it refuses', async () => {
    const { body: asked } = await portal.as('amara').ask();
    await portal.as('amara').until(asked.id, 'done');
    await portal.as('tomas').get('/audit').expect(403);
    const { body: trail } = await portal.as('priya').get('/audit').expect(200);
    expect(trail.items.map(({ action }: { action: string }) => action)).toEqual(
      [
        'request.created',
        'request.decided',
        'request.applying',
        'request.done',
      ],
    );
    let before = genesis;
    for (const { hash, previousHash, ...entry } of trail.items) {
      expect(previousHash).toBe(before);
      expect(hash).toBe(hashOf(entry, previousHash));
      before = hash;
    }
    await expect(knex('audit').update({ by_ref: 'nobody' })).rejects.toThrow(
      'append-only',
    );
    await expect(knex('audit').delete()).rejects.toThrow('append-only');
  });
});

describe('forecasts and drafts', () => {
  it('say what would become of a wish, and what is missing', async () => {
    const amara = portal.as('amara');
    const { body: early } = await amara.post('/offerings/thing/preview', {
      name: 'orders-thing',
      parameters: {},
    });
    expect(early.problems).toEqual([
      { field: 'environment', message: 'is needed' },
      { field: 'owner', message: 'is needed' },
      { field: 'parameters.size', message: 'is needed' },
    ]);
    const wish = {
      name: 'orders-thing',
      environment: 'production',
      owner: 'group:default/ledger',
      parameters: { size: 300 },
    };
    const { body } = await amara.post('/offerings/thing/preview', wish);
    expect(body.decision).toMatchObject({
      verdict: 'approval',
      estimate: { low: 300, high: 600 },
      quota: { limit: null, used: 0, asked: 1 },
      approvers: [{ because: [expect.any(String), expect.any(String)] }],
    });

    await amara.put('/drafts/thing', wish).expect(200);
    expect((await amara.get('/drafts/thing')).body.wish).toEqual(wish);
    expect((await portal.as('jonas').get('/drafts/thing')).body).toEqual({});
    await amara.delete('/drafts/thing').expect(204);
    expect((await amara.get('/drafts/thing')).body).toEqual({});
  });

  it('list what is offered, and what could not be read', async () => {
    const { body } = await portal.as('tomas').get('/offerings').expect(200);
    expect(body.items).toMatchObject([
      {
        name: 'thing',
        available: true,
        timing: { promisedSeconds: 60, samples: 0 },
      },
    ]);
    expect(body.problems).toMatchObject([
      {
        file: 'broken.yaml',
        message: expect.stringContaining('metadata.name'),
      },
    ]);
    const { body: unknown } = await portal
      .as('tomas')
      .get('/offerings/unicorn')
      .expect(404);
    expect(unknown.error.message).toBe(
      'There is no offering unicorn; there are thing',
    );
  });
});
