import { randomUUID } from 'node:crypto';
import { usePortal } from '../__testUtils__/usePortal';

const test = usePortal();

it('a run that ended and died before it gave its grants back keeps nobody from the state', async () => {
  const amara = test.portal.as('amara');
  const { body } = await amara.ask().expect(202);
  await amara.until(body.id, 'done');
  // Of the two runs the one that gave its grants back long ago.
  const ended = await test
    .knex('runs')
    .where({ request_id: body.id, kind: 'plan' })
    .first();
  const left = (holder: string) => ({
    id: randomUUID(),
    resource_id: body.resourceId,
    holder,
    access: 'write',
    token_digest: Buffer.from('a digest'),
    expires_at: new Date(Date.now() + 86_400_000),
  });
  await test.knex('state_grants').insert([left(ended.id), left('a look')]);

  const holders: string[] = [];
  test.engine.onApply = async tools => {
    await tools.state('write');
    holders.push(...(await test.knex('state_grants').pluck('holder')));
  };
  const again = await amara
    .post('/requests', {
      kind: 'update',
      resourceId: body.resourceId,
      parameters: { size: 2 },
    })
    .expect(202);
  await amara.until(again.body.id, 'done', 'failed');
  expect(holders).not.toContain(ended.id);
  expect(holders).toContain('a look');
  expect(holders).toHaveLength(2);
});
