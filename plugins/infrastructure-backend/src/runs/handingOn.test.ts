import {
  HandedOnError,
  type Applied,
  type RunTools,
} from '@waymark/plugin-infrastructure-node';
import { usePortal } from '../__testUtils__/usePortal';

const test = usePortal();

/** Asks for a thing, and waits until its engine is at work; gives what stops the engine. */
async function atWork() {
  let stopped: Promise<unknown> = Promise.resolve();
  const begun = new Promise<void>(resolve => {
    test.engine.onApply = async ({ signal, state }: RunTools) => {
      await state('write');
      stopped = new Promise(stop =>
        signal.addEventListener('abort', () => stop(signal.reason)),
      );
      resolve();
      throw await stopped;
    };
  });
  const { body } = await test.portal.as('amara').ask().expect(202);
  await begun;
  return { id: body.id as string, stopped: () => stopped };
}

/** Lets the engine go on with what it began, as Terraform does. */
function goesOn() {
  const resumed = { times: 0 };
  Object.assign(test.engine, {
    resume: async (): Promise<Applied> => {
      resumed.times += 1;
      return { outputs: { host: 'example.test' } };
    },
  });
  return resumed;
}

it('a backend that is stopped leaves work that goes on without it to the next', async () => {
  const resumed = goesOn();
  const { id, stopped } = await atWork();
  await test.restart({});
  expect(await stopped()).toBeInstanceOf(HandedOnError);
  await test.portal.as('amara').until(id, 'done', 'failed', 'interrupted');
  const { body } = await test.portal.as('amara').get(`/requests/${id}`);
  expect(body.state).toBe('done');
  expect(resumed.times).toBe(1);
}, 60_000);

it('a backend that loses a run takes nothing from who has it now', async () => {
  goesOn();
  const { id, stopped } = await atWork();
  // Somebody else holds it, and will not let go while this looks.
  await test
    .knex('runs')
    .where({ request_id: id, kind: 'apply' })
    .update({
      fence: test.knex.raw('fence + 1'),
      lease_until: test.knex.raw(`now() + interval '1 hour'`),
    });
  expect(await stopped()).toBeInstanceOf(HandedOnError);
  // The portal ends its own work before it has stopped.
  await test.restart({});
  const run = await test
    .knex('runs')
    .where({ request_id: id, kind: 'apply' })
    .first();
  expect(run.state).toBe('running');
  const holders = await test.knex('state_grants').pluck('holder');
  expect(holders).toEqual([run.id]);
}, 60_000);
