import { mockServices } from '@backstage/backend-test-utils';
import { randomUUID } from 'node:crypto';
import { useDatabases } from '../__testUtils__/databases';
import { addWaitingRequest } from '../__testUtils__/waitingRequest';
import { AuditTrail } from '../audit/AuditTrail';
import { DelegationStore } from '../requests/DelegationStore';
import { Notices } from './Notices';

const databases = useDatabases();

async function setUp() {
  const knex = await databases.init();
  const send = jest.fn();
  const notices = () =>
    new Notices({
      knex,
      delegations: new DelegationStore(knex),
      notifications: { send },
      logger: mockServices.logger.mock(),
    });
  const request = await addWaitingRequest(knex);
  return { knex, notices, request, send };
}

it('tells approvers, but not who asked, once and of each plan anew', async () => {
  const { knex, notices, request, send } = await setUp();
  await Promise.all([notices().tell(), notices().tell()]);
  await notices().tell();
  expect(send).toHaveBeenCalledTimes(1);
  expect(send).toHaveBeenCalledWith({
    recipients: { type: 'entity', entityRef: ['user:default/jonas'] },
    payload: expect.objectContaining({
      title: 'orders-db (production) waits for your approval',
      link: `/infrastructure/requests/${request}#approval`,
    }),
  });
  await knex('requests').update({
    plan_id: randomUUID(),
    changed_at: new Date(),
  });
  await notices().tell();
  expect(send).toHaveBeenCalledTimes(2);
});

it('tells who asked how it ended, also when it could not be told at first', async () => {
  const { knex, notices, request, send } = await setUp();
  await knex('requests').update({ state: 'failed', message: 'No room.' });
  send.mockRejectedValueOnce(new Error('away'));
  await notices().tell();
  await notices().tell();
  expect(send).toHaveBeenCalledTimes(2);
  expect(send).toHaveBeenLastCalledWith({
    recipients: { type: 'entity', entityRef: ['user:default/amara'] },
    payload: expect.objectContaining({
      title: 'orders-db (production) could not be made',
      description: 'No room.',
      // What is over waits for nobody's approval.
      link: `/infrastructure/requests/${request}`,
      severity: 'high',
    }),
  });
});

it.each([
  ['user:default/jonas', [['user:default/amara']]],
  ['user:default/amara', []],
])('tells who asked when somebody else cancelled: %s', async (by, told) => {
  const { knex, notices, request, send } = await setUp();
  await knex('requests').update({
    state: 'cancelled',
    message: `Cancelled by ${by}.`,
  });
  await knex.transaction(tx =>
    new AuditTrail(knex).append(tx, [
      { action: 'request.cancelled', by, request },
    ]),
  );
  await notices().tell();
  await notices().tell();
  expect(
    send.mock.calls.map(([{ recipients }]) => recipients.entityRef),
  ).toEqual(told);
  for (const [{ payload }] of send.mock.calls) {
    expect(payload).toMatchObject({
      title: 'Your request for orders-db (production) was cancelled',
      description: 'Cancelled by user:default/jonas.',
    });
  }
});

it('tells of each failure, also when there is no plan or the same one', async () => {
  const { knex, notices, send } = await setUp();
  const failed = { state: 'failed', plan_id: null, changed_at: new Date() };
  await knex('requests').update({ ...failed, message: 'Away.' });
  await notices().tell();
  await knex('requests').update({
    message: 'Still away.',
    changed_at: new Date(Date.now() + 1),
  });
  await notices().tell();
  await notices().tell();
  expect(send.mock.calls.map(([{ payload }]) => payload.description)).toEqual([
    'Away.',
    'Still away.',
  ]);
});
