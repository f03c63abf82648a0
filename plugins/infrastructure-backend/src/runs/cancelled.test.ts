import { usePortal } from '../__testUtils__/usePortal';

const test = usePortal();

/** A request that was cancelled while its apply looked at the plan once more. */
async function cancelled() {
  let plans = 0;
  let looked: () => void = () => {};
  const looking = new Promise<void>(resolve => {
    looked = resolve;
  });
  test.engine.onPlan = async ({ signal }) => {
    plans += 1;
    if (plans < 2) return;
    await new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('stopped')));
      looked();
    });
  };
  const amara = test.portal.as('amara');
  const { body } = await amara.ask().expect(202);
  await looking;
  await amara.post(`/requests/${body.id}/cancel`).expect(200);
  await stateOfApply(body.id, 'cancelled');
  test.engine.onPlan = async () => {};
  return body.id as string;
}

/** Waits until the apply of a request is in a state that nothing leads out of. */
async function stateOfApply(request: string, ...wanted: string[]) {
  for (;;) {
    const { state } = await test
      .knex('runs')
      .where({ request_id: request, kind: 'apply' })
      .first();
    if (wanted.includes(state)) return state;
  }
}

/** Sets the scene that a backend leaves which dies. */
const leaveBehind = (request: string) =>
  test
    .knex('runs')
    .where({ request_id: request, kind: 'apply' })
    .update({
      state: 'running',
      lease_until: test.knex.raw(`now() - interval '1 minute'`),
    });

const over = ['cancelled', 'done', 'failed', 'interrupted'];

describe('a request that was cancelled', () => {
  it.each(['ask', 'again'] as const)(
    'is not applied by who takes up its run after its backend died: %s',
    async after => {
      test.engine.afterInterruption = after;
      const request = await cancelled();
      await leaveBehind(request);
      await test.restart({});
      expect(await stateOfApply(request, ...over)).toBe('cancelled');
      expect(test.engine.applied.size).toBe(0);
    },
    60_000,
  );

  it('between its run being taken and looked at is not applied', async () => {
    const request = await cancelled();
    // Nothing is cancelled that another backend takes at this moment.
    await test
      .knex('runs')
      .where({ request_id: request, kind: 'apply' })
      .update({ state: 'waiting', cancel: false });
    expect(await stateOfApply(request, ...over)).toBe('cancelled');
    expect(test.engine.applied.size).toBe(0);
    const { body } = await test.portal.as('amara').get(`/requests/${request}`);
    expect(body.state).toBe('cancelled');
  }, 60_000);
});
