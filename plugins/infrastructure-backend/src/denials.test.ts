import { usePortal } from './__testUtils__/usePortal';

const test = usePortal();

describe('what is not allowed', () => {
  it.each([
    [
      'a rule',
      { parameters: { size: 1, public: true } },
      'It would be public. Leave it private.',
    ],
    ['the budget', { parameters: { size: 60_000 } }, 'size must be <= 1000'],
  ])('is told by %s, and nothing is made', async (_, wish, message) => {
    const { body, status } = await test.portal.as('amara').ask(wish);
    expect(JSON.stringify(body)).toContain(message);
    expect(status === 400 || body.state === 'denied').toBe(true);
    expect(test.engine.made.size).toBe(0);
    expect(await test.knex('reservations')).toEqual([]);
  });

  it('names each field that is not right', async () => {
    const { body } = await test.portal
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
    await test.portal.as('tomas').ask().expect(403);
    const { body } = await test.portal
      .as('priya')
      .ask({ owner: 'group:default/nobody' })
      .expect(400);
    expect(body.error.message).toBe(
      'owner group:default/nobody is not in the catalog',
    );
  });

  it('is all of it while policy does not answer', async () => {
    await test.restart({ policy: null });
    const { body } = await test.portal.as('amara').ask().expect(202);
    expect(body).toMatchObject({
      state: 'denied',
      decision: { rules: [{ rule: 'policy-answers', effect: 'deny' }] },
    });
  });

  it('is more than the budget, which counts what is in flight', async () => {
    await test.restart({ budget: 100 });
    const { body: first } = await test.portal
      .as('amara')
      .ask({ parameters: { size: 40 } });
    expect(first.state).not.toBe('denied');
    const { body: second } = await test.portal
      .as('amara')
      .ask({ name: 'second', parameters: { size: 40 } });
    expect(second).toMatchObject({
      state: 'denied',
      message: expect.stringContaining(
        '80.00 USD of the budget of 100.00 USD a month are taken; this may cost up to 80.00 USD.',
      ),
    });
  });

  it('is more than the budget: of 50 at the same time for the last 20 USD, exactly 5 pass', async () => {
    await test.restart({ budget: 20 });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        // No quota is there, and each may cost up to 4 USD.
        test.portal.as('amara').ask({
          name: `thing-${index}`,
          environment: 'production',
          parameters: { size: 2 },
        }),
      ),
    );
    const passed = answers.filter(({ body }) => body.state !== 'denied');
    expect(passed).toHaveLength(5);
    const denied = answers.filter(({ body }) => body.state === 'denied');
    for (const { body } of denied) {
      expect(body.message).toContain('20.00 USD of the budget of 20.00 USD');
    }
    for (const { body } of passed) {
      await test.portal.as('amara').until(body.id, 'pendingApproval');
    }
    const { body: allowances } = await test.portal
      .as('tomas')
      .get('/allowances?owner=group:default/ledger');
    expect(allowances.budget).toMatchObject({ limit: 20, used: 20 });
  }, 60_000);

  it('is more than the quota: of 50 at the same time for the last 5, exactly 5 pass', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        test.portal.as('amara').ask({ name: `thing-${index}` }),
      ),
    );
    const states = answers.map(({ body }) => body.state === 'denied');
    expect(states.filter(denied => !denied)).toHaveLength(5);
    for (const { body } of answers.filter((_, index) => !states[index])) {
      await test.portal.as('amara').until(body.id, 'done');
    }
    expect(test.engine.made.size).toBe(5);
    const { body: allowances } = await test.portal
      .as('tomas')
      .get('/allowances?owner=group:default/ledger');
    expect(allowances.quotas).toEqual([
      { environment: 'staging', unit: 'things', limit: 5, used: 5, asked: 0 },
    ]);
  }, 60_000);
});

/** What nobody may decide, or nobody may decide any more. */
describe('an approval', () => {
  async function waiting() {
    const { body: asked } = await test.portal
      .as('amara')
      .ask({ environment: 'production' });
    const { plan } = await test.portal
      .as('amara')
      .until(asked.id, 'pendingApproval');
    return (person: string) =>
      test.portal.as(person).post(`/requests/${asked.id}/approvals`, {
        verdict: 'approve',
        planHash: plan?.hash,
      });
  }

  async function expectNothingDone() {
    expect(test.engine.made.size).toBe(0);
    expect(await test.knex('approvals')).toEqual([]);
  }

  it('is not one’s own to give', async () => {
    const approve = await waiting();
    const { body } = await approve('amara').expect(403);
    expect(body.error.message).toBe(
      'You asked for it yourself; somebody else has to look at it.',
    );
    await expectNothingDone();
  });

  it('is not a stranger’s to give', async () => {
    const approve = await waiting();
    const { body } = await approve('lena').expect(403);
    expect(body.error.message).toBe('It is for user:default/jonas to decide.');
    await expectNothingDone();
  });

  it('comes too late once the request has expired', async () => {
    const approve = await waiting();
    await test
      .knex('requests')
      .update({ expires_at: test.knex.raw(`now() - interval '1 minute'`) });
    const { body } = await approve('jonas').expect(409);
    expect(body.error.message).toContain('expired');
    await expectNothingDone();
  });
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
    const amara = test.portal.as('amara');
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
    await test.portal.as('amara').ask().expect(202);
    const { body } = await test.portal.as('amara').ask().expect(409);
    expect(body.error.message).toContain('choose another name');
  });
});
