import { genesis, hashOf } from './audit/AuditTrail';
import { startPortal } from './__testUtils__/portal';
import { usePortal } from './__testUtils__/usePortal';

const test = usePortal();

describe('a run', () => {
  it('that fails says why, and can be tried again', async () => {
    test.engine.onApply = async () => {
      throw new Error('hunter22 was refused by the server');
    };
    const { body: asked } = await test.portal.as('amara').ask();
    const failed = await test.portal.as('amara').until(asked.id, 'failed');
    expect(failed.message).toBe('[concealed] was refused by the server');
    expect(failed.may).toMatchObject({ retry: true, cancel: false });

    test.engine.onApply = async () => {};
    await test.portal
      .as('tomas')
      .post(`/requests/${asked.id}/retry`)
      .expect(403);
    await test.portal
      .as('amara')
      .post(`/requests/${asked.id}/retry`)
      .expect(200);
    await test.portal.as('amara').until(asked.id, 'done');
  });

  it('can be cancelled while people are asked, and not once it is done', async () => {
    const { body: asked } = await test.portal
      .as('amara')
      .ask({ environment: 'production' });
    await test.portal.as('amara').until(asked.id, 'pendingApproval');
    const cancel = () =>
      test.portal.as('amara').post(`/requests/${asked.id}/cancel`);
    const { body } = await cancel().expect(200);
    expect(body).toMatchObject({ state: 'cancelled' });
    await cancel().expect(409);
    expect(await test.knex('reservations')).toEqual([]);
  });

  it('that is cancelled while it plans stops its engine by signal, and nothing is made', async () => {
    let begun: () => void = () => {};
    const planning = new Promise<void>(resolve => {
      begun = resolve;
    });
    const stopped = new Promise<void>(resolve => {
      test.engine.onPlan = ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            resolve();
            reject(new Error('stopped'));
          });
          begun();
        });
    });
    const { body: asked } = await test.portal.as('amara').ask();
    await planning;
    await test.portal
      .as('amara')
      .post(`/requests/${asked.id}/cancel`)
      .expect(200);
    await stopped;
    const { body } = await test.portal.as('amara').get(`/requests/${asked.id}`);
    expect(body).toMatchObject({ state: 'cancelled' });
    expect(test.engine.applied.size).toBe(0);
    expect(await test.knex('reservations')).toEqual([]);
  }, 60_000);

  it.each(['ask', 'again'] as const)(
    'whose process died in the middle is taken up as its engine says: %s',
    async after => {
      test.engine.afterInterruption = after;
      let died: () => void = () => {};
      const dying = new Promise<void>(resolve => {
        died = resolve;
      });
      test.engine.onApply = async ({ signal }) => {
        test.engine.onApply = async () => {};
        died();
        await new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(new Error('aborted'))),
        );
      };
      const { body: asked } = await test.portal.as('amara').ask();
      await dying;
      // The process is gone: nobody renews the lease, which ends at once here.
      await test
        .knex('runs')
        .where({ state: 'running' })
        .update({ lease_until: test.knex.raw(`now() - interval '1 minute'`) });
      const other = await startPortal({
        knex: test.knex,
        engine: test.engine,
      });
      const ended = await other
        .as('amara')
        .until(asked.id, 'done', 'interrupted');
      await other.stop();
      expect(ended.state).toBe(after === 'again' ? 'done' : 'interrupted');
      expect(test.engine.applied.size).toBe(after === 'again' ? 1 : 0);
    },
    60_000,
  );
});

describe('the audit trail', () => {
  it('is chained, and a database that is asked to change it refuses', async () => {
    const { body: asked } = await test.portal.as('amara').ask();
    await test.portal.as('amara').until(asked.id, 'done');
    await test.portal.as('tomas').get('/audit').expect(403);
    const { body: trail } = await test.portal
      .as('priya')
      .get('/audit')
      .expect(200);
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
    await expect(
      test.knex('audit').update({ by_ref: 'nobody' }),
    ).rejects.toThrow('append-only');
    await expect(test.knex('audit').delete()).rejects.toThrow('append-only');
  });
});

describe('forecasts and drafts', () => {
  it('say what would become of a wish, and what is missing', async () => {
    const amara = test.portal.as('amara');
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
    expect((await test.portal.as('jonas').get('/drafts/thing')).body).toEqual(
      {},
    );
    await amara.delete('/drafts/thing').expect(204);
    expect((await amara.get('/drafts/thing')).body).toEqual({});
  });

  it('list what is offered, and what could not be read', async () => {
    const { body } = await test.portal
      .as('tomas')
      .get('/offerings')
      .expect(200);
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
    const { body: unknown } = await test.portal
      .as('tomas')
      .get('/offerings/unicorn')
      .expect(404);
    expect(unknown.error.message).toBe(
      'There is no offering unicorn; there are thing',
    );
  });
});
