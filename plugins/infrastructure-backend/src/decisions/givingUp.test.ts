import { usePortal } from '../__testUtils__/usePortal';

const test = usePortal();
const amara = () => test.portal.as('amara');

async function noPlan() {
  throw new Error('the server does not answer');
}

const taken = async () => {
  const { body } = await amara().get('/allowances?owner=group:default/ledger');
  return { things: body.quotas[0].used, budget: body.budget.used };
};

/** A new thing of which there is not even a plan. */
async function unplanned(wish: object = {}) {
  test.engine.onPlan = noPlan;
  const { body } = await amara().ask(wish).expect(202);
  const failed = await amara().until(body.id, 'failed');
  test.engine.onPlan = async () => {};
  return failed;
}

describe('a new thing whose plan failed', () => {
  it('takes no room, and its name until it is given up', async () => {
    const failed = await unplanned();
    expect(await taken()).toEqual({ things: 0, budget: 0 });
    expect(failed.may).toMatchObject({ cancel: true, retry: true });
    expect(failed.next.text).toMatch(/or cancel it/);
    await amara().ask().expect(409);

    const { body } = await amara()
      .post(`/requests/${failed.id}/cancel`)
      .expect(200);
    expect(body).toMatchObject({
      state: 'cancelled',
      may: { cancel: false, retry: false },
    });
    const { body: resource } = await amara().get(
      `/resources/${failed.resourceId}`,
    );
    expect(resource.state).toBe('withdrawn');
    const { body: next } = await amara().ask().expect(202);
    await amara().until(next.id, 'done');
    expect(await taken()).toMatchObject({ things: 1 });
  }, 60_000);

  it('takes room again when it is tried again', async () => {
    const failed = await unplanned();
    await amara().post(`/requests/${failed.id}/retry`).expect(200);
    await amara().until(failed.id, 'done');
    expect(await taken()).toEqual({ things: 1, budget: 2 });
  }, 60_000);

  it('cannot be destroyed, and says what to do instead', async () => {
    const { resourceId } = await unplanned();
    const { body } = await amara()
      .post('/requests', { kind: 'destroy', resourceId })
      .expect(409);
    expect(body.error.message).toMatch(
      /Nothing of orders-thing was made.*cancel the request/,
    );
  }, 60_000);

  it('leaves nothing behind when a later request for it is given up', async () => {
    const { id, resourceId } = await unplanned({ environment: 'production' });
    // As it was kept before failures gave back what they took.
    await test.knex('reservations').insert({
      request_id: id,
      resource_id: resourceId,
      owner_ref: 'group:default/ledger',
      environment: 'production',
      unit: 'things',
      amount: 1,
      monthly: 2,
    });
    const { body: update } = await amara()
      .post('/requests', {
        kind: 'update',
        resourceId,
        parameters: { size: 3 },
      })
      .expect(202);
    await amara().until(update.id, 'pendingApproval');
    await amara().post(`/requests/${update.id}/cancel`).expect(200);
    expect(await test.knex('reservations')).toEqual([]);
  }, 60_000);
});

describe('a new thing whose plan failed, while another request for it is under way', () => {
  const update = (resourceId: string) => ({
    kind: 'update',
    resourceId,
    parameters: { size: 3 },
  });

  it('is neither given up nor tried again, and says so before', async () => {
    const { id, resourceId } = await unplanned({ environment: 'production' });
    const { body: open } = await amara()
      .post('/requests', update(resourceId))
      .expect(202);
    await amara().until(open.id, 'pendingApproval');

    const { body: failed } = await amara().get(`/requests/${id}`).expect(200);
    expect(failed.may).toMatchObject({ cancel: false, retry: false });
    expect(failed.next.text).toMatch(/Another request .*orders-thing.* way/);
    for (const deed of ['cancel', 'retry']) {
      const { body } = await amara()
        .post(`/requests/${id}/${deed}`)
        .expect(409);
      expect(body.error.message).toMatch(/Another request .*orders-thing/);
    }
    const { body: resource } = await amara().get(`/resources/${resourceId}`);
    expect(resource.state).toBe('requested');

    // What was in the way gone, the thing is given up, and so is the first request.
    await amara().post(`/requests/${open.id}/cancel`).expect(200);
    const { body: over } = await amara().get(`/requests/${id}`).expect(200);
    expect(over.may).toMatchObject({ retry: false });
    expect(over.next.text).toMatch(/given up; ask for it again/);
    await amara().post(`/requests/${id}/retry`).expect(409);
  }, 60_000);

  it('is not asked about any more once it is given up in the same moment', async () => {
    const { id, resourceId } = await unplanned();
    const cancelling = await test.knex.transaction();
    await cancelling('resources').where({ id: resourceId }).forUpdate();
    const asking = amara()
      .post('/requests', update(resourceId))
      .then(answer => answer);
    for (;;) {
      const { rows } = await test.knex.raw(
        `select 1 from pg_stat_activity where datname = current_database()
          and wait_event_type = 'Lock' and query like 'insert into "requests"%'`,
      );
      if (rows.length > 0) break;
    }
    await cancelling('requests').where({ id }).update({ state: 'cancelled' });
    await cancelling('resources')
      .where({ id: resourceId })
      .update({ state: 'withdrawn' });
    await cancelling.commit();
    const { status, body } = await asking;
    expect(status).toBe(409);
    expect(body.error.message).toMatch(/is withdrawn; ask for a new one/);
  }, 60_000);
});

describe('what is there', () => {
  const made = async () => {
    const { body } = await amara().ask().expect(202);
    await amara().until(body.id, 'done');
    return body.resourceId as string;
  };
  const update = async (resourceId: string) => {
    const { body } = await amara()
      .post('/requests', {
        kind: 'update',
        resourceId,
        parameters: { size: 9 },
      })
      .expect(202);
    return amara().until(body.id, 'failed');
  };

  it('takes no more for a change whose plan failed', async () => {
    const resourceId = await made();
    const before = await taken();
    test.engine.onPlan = noPlan;
    const { id, may } = await update(resourceId);
    expect(await taken()).toEqual(before);
    expect(may).toMatchObject({ cancel: false, retry: true });
    const { body } = await amara().post(`/requests/${id}/cancel`).expect(409);
    expect(body.error.message).toMatch(/there is nothing to give up/);
  }, 60_000);

  it('takes what a change that failed half way may have made', async () => {
    const resourceId = await made();
    test.engine.onApply = noPlan;
    const { id } = await update(resourceId);
    expect(await taken()).toEqual({ things: 1, budget: 18 });
    // Even when there is no plan for another attempt.
    test.engine.onPlan = noPlan;
    await amara().post(`/requests/${id}/retry`).expect(200);
    await amara().until(id, 'failed');
    expect(await taken()).toEqual({ things: 1, budget: 18 });
  }, 60_000);
});
