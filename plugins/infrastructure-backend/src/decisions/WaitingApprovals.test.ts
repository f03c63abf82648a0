import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { useDatabases } from '../__testUtils__/databases';
import { addWaitingRequest } from '../__testUtils__/waitingRequest';
import { Notices } from '../notices/Notices';
import { DelegationStore } from '../requests/DelegationStore';
import { RequestStore } from '../requests/RequestStore';
import type { Approvers, Chosen } from './Approvers';
import { WaitingApprovals } from './WaitingApprovals';

const databases = useDatabases();
const [amara, jonas, lena, tomas] = ['amara', 'jonas', 'lena', 'tomas'].map(
  name => `user:default/${name}`,
);
let knex: Knex;
let request: string;
const among = jest.fn<Promise<Chosen>, Parameters<Approvers['among']>>();
const lead = (...people: string[]) => among.mockResolvedValue({ people });
const send = jest.fn();
const onChanged = jest.fn();

beforeEach(async () => {
  jest.resetAllMocks();
  send.mockResolvedValue(undefined);
  knex = await databases.init();
  request = await addWaitingRequest(knex);
});

const work = () => {
  const notices = new Notices({
    knex,
    delegations: new DelegationStore(knex),
    notifications: { send },
    logger: mockServices.logger.mock(),
  });
  return new WaitingApprovals({
    knex,
    approvers: { among },
    onAppointed: (id, newcomers) => notices.tellNewcomers(id, newcomers),
    onChanged,
    requests: new RequestStore(knex),
  }).work();
};

async function approvers(): Promise<string[]> {
  const { decision } = await knex('requests').first('decision');
  return decision.approvers[0].people;
}

it('asks who leads the team now, and tells those who come', async () => {
  lead(lena, amara);
  const { changed_at } = await knex('requests').first('changed_at');
  await work();
  expect(among).toHaveBeenCalledWith('ownerLead', {
    owner: 'group:default/ledger',
    requestedBy: amara,
  });
  await expect(approvers()).resolves.toEqual([lena, amara]);
  expect(onChanged).toHaveBeenCalledWith(request);
  expect(send).toHaveBeenCalledTimes(1);
  expect(send).toHaveBeenCalledWith({
    recipients: { type: 'entity', entityRef: [lena] },
    payload: expect.objectContaining({
      title: 'orders-db (production) waits for your approval',
      link: `/infrastructure/requests/${request}#approval`,
    }),
  });
  // It came into its state when it did: nobody is told again of that.
  await expect(knex('requests').first('changed_at')).resolves.toEqual({
    changed_at,
  });
  await work();
  expect(send).toHaveBeenCalledTimes(1);
});

it('tells who stands in for those who come, too', async () => {
  await knex('delegations').insert({
    id: randomUUID(),
    by_ref: lena,
    to_ref: tomas,
    from_day: '2000-01-01',
    until_day: '2999-12-31',
  });
  lead(jonas, lena);
  await work();
  expect(send).toHaveBeenCalledWith(
    expect.objectContaining({
      recipients: { type: 'entity', entityRef: [lena, tomas] },
    }),
  );
});

it('lets count what somebody approved who has left since', async () => {
  const { plan_id } = await knex('requests').first('plan_id');
  await knex('approvals').insert({
    request_id: request,
    plan_hash: plan_id,
    by_ref: jonas,
    for_refs: [],
    verdict: 'approve',
  });
  lead(lena);
  await work();
  await expect(approvers()).resolves.toEqual([lena, jonas]);
});

it('says why it is for them, and tells who asked when it is for nobody', async () => {
  const note = 'Nobody else leads it.';
  among.mockResolvedValue({ people: [], note });
  await work();
  expect(await knex('requests').first('decision')).toMatchObject({
    decision: { approvers: [{ people: [], note }] },
  });
  await new Notices({
    knex,
    delegations: new DelegationStore(knex),
    notifications: { send },
    logger: mockServices.logger.mock(),
  }).tell();
  expect(send).toHaveBeenCalledTimes(1);
  expect(send).toHaveBeenCalledWith({
    recipients: { type: 'entity', entityRef: [amara] },
    payload: expect.objectContaining({
      title: 'Nobody can approve orders-db (production)',
      description: `${note} Talk to the platform team; who comes to be an approver is told.`,
    }),
  });
});

it('touches nothing while the same people lead, or once it is decided', async () => {
  lead(jonas, amara);
  await work();
  among.mockImplementation(async () => {
    await knex('requests').update({ state: 'approved' });
    return { people: [lena] };
  });
  await work();
  await expect(approvers()).resolves.toEqual([amara, jonas]);
  expect(onChanged).not.toHaveBeenCalled();
  expect(send).not.toHaveBeenCalled();
});

it('has them in their list although they could not be told', async () => {
  lead(lena);
  send.mockRejectedValue(new Error('away'));
  await work();
  await expect(approvers()).resolves.toEqual([lena]);
});
