import { mockServices } from '@backstage/backend-test-utils';
import { Comments } from './notices/Comments';
import { Notices } from './notices/Notices';
import { DelegationStore } from './requests/DelegationStore';
import { usePortal } from './__testUtils__/usePortal';

const test = usePortal();

const day = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const fortnight = { from: day(0), until: day(14) };

/** Jonas, who leads Ledger, has Tomas stand in, who leads nobody. */
const delegate = (of: object = {}) =>
  test.portal.as('jonas').post('/delegations', {
    to: 'user:default/tomas',
    ...fortnight,
    ...of,
  });

async function waiting(by = 'amara') {
  const { body: asked } = await test.portal
    .as(by)
    .ask({ environment: 'production' });
  const { plan } = await test.portal.as(by).until(asked.id, 'pendingApproval');
  const approve = (person: string) =>
    test.portal.as(person).post(`/requests/${asked.id}/approvals`, {
      verdict: 'approve',
      planHash: plan?.hash,
    });
  return { id: asked.id as string, approve };
}

function notices() {
  const send = jest.fn(async () => {});
  const options = {
    knex: test.knex,
    delegations: new DelegationStore(test.knex),
    notifications: { send },
    logger: mockServices.logger.mock(),
  };
  return {
    send,
    notices: new Notices(options),
    comments: new Comments(options),
  };
}

const told = (send: jest.Mock) =>
  send.mock.calls.map(([{ recipients, payload }]) => [
    recipients.entityRef,
    payload.title,
  ]);

describe('a stand-in', () => {
  it('sees, hears of and approves what the other could, and the approval says for whom', async () => {
    const { id, approve } = await waiting();
    await approve('tomas').expect(403);
    const { body: made } = await delegate({ reason: 'Away' }).expect(201);
    expect(made).toMatchObject({
      by: 'user:default/jonas',
      to: 'user:default/tomas',
      state: 'holds',
      may: { end: true },
    });
    const tomas = test.portal.as('tomas');
    const { body: list } = await tomas.get('/requests?view=approvals');
    expect(list.total).toBe(1);
    const { body: seen } = await tomas.get(`/requests/${id}`);
    expect(seen.may.approve).toBe(true);
    const { send, notices: telling } = notices();
    await telling.tell();
    expect(told(send)).toEqual([
      [
        ['user:default/jonas', 'user:default/tomas'],
        'orders-thing (production) waits for your approval',
      ],
    ]);

    await approve('tomas').expect(200);
    const done = await test.portal.as('amara').until(id, 'done');
    expect(done.approvals).toMatchObject([
      { by: 'user:default/tomas', insteadOf: ['user:default/jonas'] },
    ]);
    expect(done.decision?.approvers).toMatchObject([
      { kind: 'ownerLead', decidedBy: 'user:default/tomas' },
    ]);
    expect((await tomas.get('/requests?view=approvals')).body.total).toBe(0);
  });

  it('lends nobody a voice for what one asks for oneself', async () => {
    await delegate();
    const { approve } = await waiting('jonas');
    const { body } = await approve('tomas').expect(403);
    expect(
      (await test.portal.as('tomas').get('/requests?view=approvals')).body
        .total,
    ).toBe(0);
    // There is no other lead, so it is for the platform team.
    expect(body.error.message).toContain('user:default/priya to decide');
    await test.portal
      .as('priya')
      .post('/delegations', { to: 'user:default/tomas', ...fortnight })
      .expect(201);
    await approve('tomas').expect(200);
  });

  it('is one no more when it is over or ended, nor before it begins, and has no stand-in of their own', async () => {
    const { approve } = await waiting();
    await delegate({ from: day(2) }).expect(201);
    await approve('tomas').expect(403);
    const { body: made } = await delegate().expect(201);
    await test.portal
      .as('tomas')
      .post('/delegations', { to: 'user:default/lena', ...fortnight })
      .expect(201);
    await approve('lena').expect(403);
    await test.portal
      .as('tomas')
      .post(`/delegations/${made.id}/end`)
      .expect(403);
    const end = () =>
      test.portal.as('jonas').post(`/delegations/${made.id}/end`);
    const { body: over } = await end().expect(200);
    expect(over).toMatchObject({ state: 'ended', may: { end: false } });
    await end().expect(409);
    await approve('tomas').expect(403);
    await delegate();
    await test.knex('delegations').update({ until_day: day(-1) });
    await approve('tomas').expect(403);
  });

  it.each([
    ['oneself', { to: 'user:default/jonas' }, 'somebody else'],
    [
      'nobody the catalog knows',
      { to: 'user:default/no' },
      'not in the catalog',
    ],
    [
      'a period that is over',
      { from: day(-9), until: day(-2) },
      'until must be',
    ],
    [
      'an end before the beginning',
      { from: day(5), until: day(3) },
      'until must',
    ],
    ['a year', { until: day(365) }, 'at most 92 days'],
    ['a group', { to: 'group:default/ledger' }, 'to'],
  ])('is not %s', async (_, wrong, message) => {
    const { body } = await delegate(wrong).expect(400);
    expect(body.error.message).toContain(message);
    expect(await test.knex('delegations')).toEqual([]);
  });

  it('is seen by the two, and by who keeps the platform; only who approves names one', async () => {
    await delegate();
    const total = async (person: string) =>
      (await test.portal.as(person).get('/delegations').expect(200)).body.items
        .length;
    expect(await total('jonas')).toBe(1);
    expect(await total('tomas')).toBe(1);
    expect(await total('priya')).toBe(1);
    expect(await total('amara')).toBe(0);
    await test.restart({ denied: new Set(['infrastructure.request.decide']) });
    await delegate().expect(403);
  });
});

describe('approvers', () => {
  it('are reminded once, a day before it is too late', async () => {
    await waiting();
    const { send, notices: telling } = notices();
    await telling.tell();
    expect(send).toHaveBeenCalledTimes(1);
    await test
      .knex('requests')
      .update({ expires_at: test.knex.raw(`now() + interval '20 hours'`) });
    send.mockRejectedValueOnce(new Error('away'));
    for (let round = 0; round < 3; round += 1) await telling.tell();
    expect(told(send).slice(1)).toEqual(
      Array(2).fill([
        ['user:default/jonas'],
        'orders-thing (production) still waits for your approval',
      ]),
    );
  });
});

describe('a comment', () => {
  it('is told to who stands in for an approver', async () => {
    await delegate().expect(201);
    const { id } = await waiting();
    await test.portal
      .as('amara')
      .post(`/requests/${id}/comments`, { text: 'Please look.' })
      .expect(200);
    const { send, comments } = notices();
    await comments.tell();
    expect(told(send)).toEqual([
      [
        ['user:default/jonas', 'user:default/tomas'],
        'user:default/amara commented on orders-thing (production)',
      ],
    ]);
  });

  it('is told to who asked, to approvers and to who said something before, but not to who says it', async () => {
    const { id } = await waiting();
    const say = (person: string, text: string) =>
      test.portal.as(person).post(`/requests/${id}/comments`, { text });
    await say('amara', 'Please look.').expect(200);
    await say('tomas', 'Why not smaller?').expect(200);
    await say('jonas', 'I will.').expect(200);
    const { send, comments } = notices();
    await Promise.all([comments.tell(), comments.tell()]);
    await comments.tell();
    expect(told(send)).toHaveLength(3);
    expect(told(send)).toEqual(
      expect.arrayContaining([
        [
          ['user:default/jonas'],
          'user:default/amara commented on orders-thing (production)',
        ],
        [
          ['user:default/amara', 'user:default/jonas'],
          'user:default/tomas commented on orders-thing (production)',
        ],
        [
          ['user:default/amara', 'user:default/tomas'],
          'user:default/jonas commented on orders-thing (production)',
        ],
      ]),
    );
  });
});
