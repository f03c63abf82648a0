import type { RequestDetail } from '@waymark/plugin-infrastructure-common';
import { usePortal } from './__testUtils__/usePortal';

const test = usePortal();

describe('a request outside production', () => {
  it('is approved by rule, done, and gives addresses to all and the secret once to its owners', async () => {
    const { body: asked } = await test.portal.as('amara').ask().expect(202);
    const done = await test.portal
      .as('amara')
      .until(asked.id, 'done', 'failed');

    expect(done).toMatchObject({
      state: 'done',
      decision: { verdict: 'allow', estimate: { low: 1, high: 2 } },
      plan: { changes: [{ action: 'create', address: 'orders-thing' }] },
      runs: [
        { kind: 'plan', state: 'done' },
        { kind: 'apply', state: 'done' },
      ],
    });
    expect([...test.engine.applied.values()]).toEqual([1]);

    const at = `/resources/${asked.resourceId}`;
    const { body: resource } = await test.portal.as('tomas').get(at);
    expect(resource).toMatchObject({
      state: 'ready',
      system: 'system:default/payments',
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
      await test.portal.as(stranger).post(`${at}/secrets/password`).expect(403);
    }
    const { body: shown } = await test.portal
      .as('amara')
      .post(`${at}/secrets/password`)
      .expect(200);
    expect(shown).toEqual({ name: 'password', value: 'hunter22' });
    const { body: again } = await test.portal
      .as('jonas')
      .post(`${at}/secrets/password`)
      .expect(409);
    expect(again.error.message).toContain('was shown to user:default/amara');
  });

  it('keeps its secrets out of the log and out of the database', async () => {
    const { body: asked } = await test.portal.as('amara').ask();
    await test.portal.as('amara').until(asked.id, 'done');
    const { body: log } = await test.portal
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
      const rows = await test
        .knex(table)
        .select(test.knex.raw(`${table}::text as row`));
      expect(JSON.stringify(rows)).not.toContain('hunter22');
      expect(JSON.stringify(rows)).not.toContain(
        Buffer.from('hunter22').toString('hex'),
      );
    }
  });

  it('says of a step that goes on how long such a step usually takes', async () => {
    const amara = test.portal.as('amara');
    const { body: first } = await amara.ask().expect(202);
    const { runs } = await amara.until(first.id, 'done');
    const stepsOf = ({ runs: all }: { runs: RequestDetail['runs'] }) =>
      all.flatMap(({ steps }) => steps);
    expect(stepsOf({ runs }).length).toBeGreaterThan(0);
    // What has ended says how long it took instead.
    expect(stepsOf({ runs })).not.toContainEqual(
      expect.objectContaining({ usualSeconds: expect.anything() }),
    );

    let seen: RequestDetail | undefined;
    test.engine.onApply = async () => {
      const { requestId } = test.engine.ordered!;
      const { body } = await amara.get(`/requests/${requestId}`);
      seen = body;
    };
    const { body: second } = await amara.ask({ name: 'another' }).expect(202);
    await amara.until(second.id, 'done');
    const before = stepsOf({ runs }).find(
      ({ title }) => title === 'Make the thing',
    );
    expect(stepsOf(seen!).at(-1)).toMatchObject({
      title: 'Make the thing',
      state: 'running',
      usualSeconds:
        (Date.parse(before!.endedAt!) - Date.parse(before!.startedAt!)) / 1000,
    });
  });

  it('can be changed and ended, and leaves room for the next', async () => {
    const felt = [
      {
        entityRef: 'component:default/orders',
        owner: 'group:default/ledger',
        onCall: 'PagerDuty service P123',
        steps: 1,
      },
    ];
    const amara = test.portal.as('amara');
    const { body: asked } = await amara.ask();
    const made = await amara.until(asked.id, 'done');
    expect(made.decision?.affected).toEqual([]);
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
      affected: felt,
    });
    expect(test.engine.made.get(asked.resourceId)).toEqual({
      size: 7,
      public: false,
    });

    const { body: end } = await amara.post('/requests', {
      kind: 'destroy',
      resourceId: asked.resourceId,
    });
    const ended = await amara.until(end.id, 'done');
    expect(ended.decision?.affected).toEqual(felt);
    expect(test.engine.made.size).toBe(0);
    expect(await test.knex('reservations')).toEqual([]);
    await amara.ask().expect(202);
  });
});

describe('a request for production', () => {
  it('of which the only lead asks waits for the platform team, and for nobody else', async () => {
    const { body: asked } = await test.portal
      .as('jonas')
      .ask({ environment: 'production' });
    const waiting = await test.portal
      .as('jonas')
      .until(asked.id, 'pendingApproval');
    expect(waiting.decision?.approvers).toEqual([
      {
        kind: 'ownerLead',
        people: ['user:default/priya'],
        note: 'Nobody else leads group:default/ledger or a group above it, so it is for the platform team.',
        because: ['A change of production needs a second person.'],
      },
    ]);
    expect(waiting.next).toEqual({
      text: 'It waits for people to look at the plan. Nobody else leads group:default/ledger or a group above it, so it is for the platform team.',
      waitsFor: ['user:default/priya'],
    });
    const approve = (person: string) =>
      test.portal.as(person).post(`/requests/${asked.id}/approvals`, {
        verdict: 'approve',
        planHash: waiting.plan?.hash,
      });

    const { body: self } = await approve('jonas').expect(403);
    expect(self.error.message).toContain('You asked for it yourself');
    const { body: stranger } = await approve('lena').expect(403);
    expect(stranger.error.message).toContain('user:default/priya to decide');
    expect(test.engine.made.size).toBe(0);
    await approve('priya').expect(200);
    await test.portal.as('jonas').until(asked.id, 'done');
  });

  it('is done once the lead approved, and shows who waits for what until then', async () => {
    const { body: asked } = await test.portal
      .as('amara')
      .ask({ environment: 'production' });
    const waiting = await test.portal
      .as('jonas')
      .until(asked.id, 'pendingApproval');
    expect(waiting.next.waitsFor).toEqual(['user:default/jonas']);
    expect(waiting.may).toMatchObject({ approve: true });
    const listFor = async (person: string) =>
      (await test.portal.as(person).get('/requests?view=approvals')).body.total;
    expect(await listFor('jonas')).toBe(1);
    expect(await listFor('amara')).toBe(0);

    const { body: stale } = await test.portal
      .as('jonas')
      .post(`/requests/${asked.id}/approvals`, {
        verdict: 'approve',
        planHash: 'another',
      })
      .expect(409);
    expect(stale.error.message).toContain('The plan is another one by now');

    await test.portal
      .as('jonas')
      .post(`/requests/${asked.id}/approvals`, {
        verdict: 'approve',
        planHash: waiting.plan?.hash,
        comment: 'Looks right',
      })
      .expect(200);
    const done = await test.portal.as('amara').until(asked.id, 'done');
    expect(done.approvals).toMatchObject([
      { by: 'user:default/jonas', verdict: 'approve', counts: true },
    ]);
    expect(await listFor('jonas')).toBe(0);
  });

  it('asks again when the plan is another one at the time of applying, and not when it is the same', async () => {
    const { body: asked } = await test.portal
      .as('amara')
      .ask({ environment: 'production' });
    const first = await test.portal
      .as('jonas')
      .until(asked.id, 'pendingApproval');
    test.engine.surroundings = 'changed';
    const approve = (planHash: string | undefined) =>
      test.portal
        .as('jonas')
        .post(`/requests/${asked.id}/approvals`, {
          verdict: 'approve',
          planHash,
        })
        .expect(200);
    await approve(first.plan?.hash);
    let second = first;
    while (second.plan?.hash === first.plan?.hash) {
      second = await test.portal
        .as('jonas')
        .until(asked.id, 'pendingApproval', 'done');
    }
    expect(second.state).toBe('pendingApproval');
    expect(second.approvals).toMatchObject([{ counts: false }]);
    expect(test.engine.made.size).toBe(0);
    await approve(second.plan?.hash);
    await test.portal.as('amara').until(asked.id, 'done');
  });

  it('ends when the lead rejects it, and its name is free again', async () => {
    const { body: asked } = await test.portal
      .as('amara')
      .ask({ environment: 'production' });
    const { plan } = await test.portal
      .as('jonas')
      .until(asked.id, 'pendingApproval');
    const { body: rejected } = await test.portal
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
    await test.portal
      .as('amara')
      .ask({ environment: 'production' })
      .expect(202);
  });
});
