import { InterruptedError } from '@waymark/plugin-infrastructure-node';
import { usePortal } from './__testUtils__/usePortal';

const test = usePortal();

const ledger = 'group:default/ledger';
const storefront = 'group:default/storefront';

async function madeThing(wish: object = {}): Promise<string> {
  const amara = test.portal.as('amara');
  const { body } = await amara.ask(wish).expect(202);
  await amara.until(body.id, 'done');
  return body.resourceId;
}

const ask = (person: string, request: object) =>
  test.portal.as(person).post('/requests', request);

const resource = async (id: string) =>
  (await test.portal.as('amara').get(`/resources/${id}`)).body;

const takenBy = async (owner: string) => {
  const { body } = await test.portal
    .as('amara')
    .get(`/allowances?owner=${owner}`);
  const [{ used: things }] = body.quotas;
  return { things, budget: body.budget.used };
};

describe('the tags of a resource', () => {
  it('come from the catalog: team, system of the component, cost centre of the group above', async () => {
    const { tags } = await resource(await madeThing({ dataClass: 'internal' }));
    expect(tags).toEqual({
      'managed-by': 'waymark',
      owner: ledger,
      team: 'ledger',
      component: 'component:default/orders',
      system: 'system:default/payments',
      environment: 'staging',
      'cost-centre': 'CC-100',
      'data-class': 'internal',
      'request-id': expect.any(String),
    });
    expect(test.engine.ordered?.tags).toEqual(tags);
  });
});

describe('an extension', () => {
  it('moves the end and touches nothing else', async () => {
    const id = await madeThing({ timeToLiveDays: 1 });
    const before = await resource(id);
    const { body } = await ask('amara', {
      kind: 'extend',
      resourceId: id,
      timeToLiveDays: 30,
    }).expect(202);
    const done = await test.portal.as('amara').until(body.id, 'done');
    expect(done.plan?.changes).toMatchObject([
      { title: 'Let it live 30 days from when this is granted' },
    ]);
    const after = await resource(id);
    expect(after.state).toBe('ready');
    const moved = Date.parse(after.expiresAt) - Date.parse(before.expiresAt);
    expect(moved).toBeGreaterThan(28 * 86_400_000);
    expect(test.engine.applied.get(id)).toBe(1);
    expect(await takenBy(ledger)).toMatchObject({ things: 1 });
    expect(await test.knex('reservations')).toHaveLength(1);
  });

  it.each([
    [{}, 400, /timeToLiveDays is needed/],
    [{ timeToLiveDays: 0 }, 400, /timeToLiveDays/],
  ])('with %j is refused', async (wrong, status, message) => {
    const resourceId = await madeThing();
    const { body } = await ask('amara', {
      kind: 'extend',
      resourceId,
      ...wrong,
    }).expect(status);
    expect(body.error.message).toMatch(message);
  });

  it('is not for production, nor for other teams', async () => {
    const resourceId = await madeThing();
    const extension = { kind: 'extend', resourceId, timeToLiveDays: 3 };
    await ask('tomas', extension).expect(403);
    await test.knex('resources').update({ environment: 'production' });
    const { body } = await ask('amara', extension).expect(400);
    expect(body.error.message).toMatch(/does not end by itself/);
  });
});

describe('a transfer', () => {
  const transferred = async (wish: object = {}) => {
    const id = await madeThing();
    const { body } = await ask('amara', {
      kind: 'transfer',
      resourceId: id,
      owner: storefront,
      ...wish,
    }).expect(202);
    const asked = await test.portal
      .as('amara')
      .until(body.id, 'pendingApproval');
    return { id, asked };
  };
  const decide = (person: string, asked: { id: string; plan?: object }) =>
    test.portal.as(person).post(`/requests/${asked.id}/approvals`, {
      verdict: 'approve',
      planHash: (asked.plan as { hash: string }).hash,
    });

  it('waits for a lead of the new owner, and takes tags, quota and budget along', async () => {
    const { id, asked } = await transferred();
    expect(asked).toMatchObject({
      newOwner: storefront,
      next: { waitsFor: ['user:default/lena'] },
    });
    const before = await takenBy(ledger);
    await decide('jonas', asked).expect(403);
    await decide('amara', asked).expect(403);
    await decide('lena', asked).expect(200);
    await test.portal.as('amara').until(asked.id, 'done');
    expect(await resource(id)).toMatchObject({
      state: 'ready',
      owner: storefront,
      component: 'component:default/orders',
      tags: { owner: storefront, team: 'storefront' },
    });
    // Storefront stands below no group with a cost centre.
    expect((await resource(id)).tags).not.toHaveProperty('cost-centre');
    expect(test.engine.ordered).toMatchObject({
      resource: { owner: storefront },
      tags: { team: 'storefront' },
    });
    expect(await takenBy(ledger)).toEqual({ things: 0, budget: 0 });
    expect(await takenBy(storefront)).toEqual(before);
    // From now on it is theirs to change, and not of who gave it away.
    await ask('amara', { kind: 'destroy', resourceId: id }).expect(403);
    await ask('tomas', { kind: 'destroy', resourceId: id }).expect(202);
  });

  it('that is refused leaves everything where it was', async () => {
    const { id, asked } = await transferred();
    await test.portal
      .as('lena')
      .post(`/requests/${asked.id}/approvals`, {
        verdict: 'reject',
        planHash: asked.plan!.hash,
      })
      .expect(200);
    expect(await resource(id)).toMatchObject({ owner: ledger, state: 'ready' });
    expect(await takenBy(storefront)).toEqual({ things: 0, budget: 0 });
    expect(await takenBy(ledger)).toMatchObject({ things: 1 });
  });

  it('is denied where the new owner has no room', async () => {
    const id = await madeThing();
    const other = await test.portal.as('tomas').ask({
      owner: storefront,
      name: 'big',
      parameters: { size: 1 },
    });
    await test.portal.as('tomas').until(other.body.id, 'done');
    await test
      .knex('reservations')
      .where({ owner_ref: storefront })
      .update({ amount: 5 });
    const { body } = await ask('amara', {
      kind: 'transfer',
      resourceId: id,
      owner: storefront,
    }).expect(202);
    expect(body).toMatchObject({
      state: 'denied',
      decision: {
        rules: expect.arrayContaining([
          expect.objectContaining({ rule: 'quota', effect: 'deny' }),
        ]),
      },
    });
  });

  it.each([
    [{ owner: undefined }, /owner is needed/],
    [{ owner: ledger }, /owns it already/],
    [{ owner: 'user:default/lena' }, /must be the entity reference of a group/],
    [{ owner: 'group:default/nobody' }, /is not in the catalog/],
  ])('with %j is refused', async (wrong, message) => {
    const resourceId = await madeThing();
    const { body } = await ask('amara', {
      kind: 'transfer',
      resourceId,
      ...wrong,
    }).expect(400);
    expect(body.error.message).toMatch(message);
  });
});

describe('what an interrupted run left', () => {
  it('can be taken for what is wanted, once somebody looked', async () => {
    test.engine.onApply = async () => {
      throw new InterruptedError('killed in the middle');
    };
    const { body: asked } = await test.portal.as('amara').ask();
    await test.portal.as('amara').until(asked.id, 'interrupted');
    const id = asked.resourceId;
    await ask('amara', {
      kind: 'extend',
      resourceId: id,
      timeToLiveDays: 1,
    }).expect(409);

    test.engine.made.set(id, { size: 1 });
    const { body } = await ask('amara', { kind: 'accept', resourceId: id });
    await test.portal.as('amara').until(body.id, 'done');
    expect(await resource(id)).toMatchObject({ state: 'ready' });
    expect(test.engine.applied.has(id)).toBe(false);
    expect(await takenBy(ledger)).toMatchObject({ things: 1 });
  });
});
