import { usePortal } from '../__testUtils__/usePortal';

const test = usePortal();
const priya = () => test.portal.as('priya');

/** What Amara made for Ledger, and another request of hers that waits. */
async function ofLedger() {
  const amara = test.portal.as('amara');
  const { body: made } = await amara.ask().expect(202);
  await amara.until(made.id, 'done');
  const { body: waiting } = await amara
    .ask({ name: 'another', environment: 'production' })
    .expect(202);
  await amara.until(waiting.id, 'pendingApproval');
  const destroy = { kind: 'destroy', resourceId: made.resourceId };
  return { waiting, destroy };
}

describe('to act for groups that one does not belong to', () => {
  it('is for those who may manage requests', async () => {
    const { waiting, destroy } = await ofLedger();
    await priya().ask({ name: 'a-third' }).expect(202);
    await priya().post(`/requests/${waiting.id}/cancel`).expect(200);
    const { body } = await priya().post('/requests', destroy).expect(202);
    await priya().until(body.id, 'done');
    const { body: left } = await priya().get('/resources');
    expect(left.items.map(({ name }: { name: string }) => name)).toEqual([
      'a-third',
    ]);
  });

  it('is said to be refused before it is asked for', async () => {
    const { body: made } = await test.portal.as('amara').ask().expect(202);
    await test.portal.as('amara').until(made.id, 'done');
    const problemsFor = async (person: string, wish: object) => {
      const { body } = await test.portal
        .as(person)
        .post('/offerings/thing/preview', { parameters: { size: 1 }, ...wish })
        .expect(200);
      expect(Boolean(body.decision)).toBe(body.problems.length === 0);
      return body.problems;
    };
    const wish = {
      name: 'a-third',
      environment: 'staging',
      owner: 'group:default/ledger',
    };
    const { resourceId } = made;
    const problem = {
      field: 'owner',
      message:
        'group:default/ledger is not one of your groups, and you may ask for those alone',
    };
    for (const asked of [wish, { resourceId }]) {
      expect(await problemsFor('tomas', asked)).toEqual([problem]);
      expect(await problemsFor('amara', asked)).toEqual([]);
      expect(await problemsFor('priya', asked)).toEqual([]);
    }
    // What is wrong with the owner anyway is said once.
    expect(await problemsFor('tomas', { ...wish, owner: 'ledger' })).toEqual([
      expect.objectContaining({ field: 'owner' }),
    ]);
  });

  it('is not for those who may read the audit trail alone', async () => {
    await test.restart({ denied: new Set(['infrastructure.request.manage']) });
    const { waiting, destroy } = await ofLedger();
    await priya().get('/audit').expect(200);
    const { body } = await priya().ask({ name: 'a-third' }).expect(403);
    expect(body.error.message).toContain(
      'group:default/ledger is not one of them',
    );
    await priya().post('/requests', destroy).expect(403);
    for (const deed of ['cancel', 'retry']) {
      await priya().post(`/requests/${waiting.id}/${deed}`).expect(403);
    }
  });
});
