import type { BillBook } from '@waymark/plugin-infrastructure-node';
import { usePortal } from './__testUtils__/usePortal';

const test = usePortal();
const names = ['one', 'two', 'three'];

/** Things that were the same for long, and what each was billed. */
async function things(used: BillBook['used'] | undefined) {
  await test.restart({ bills: used && { used } });
  for (const name of names) {
    const { body } = await test.portal
      .as('amara')
      .ask({ name, parameters: { size: 10 } });
    await test.portal.as('amara').until(body.id, 'done');
  }
  await test.knex('resources').update({ changed_at: '2020-01-01' });
}

const accuracy = async () =>
  (await test.portal.as('amara').get('/offerings/thing/accuracy').expect(200))
    .body;

it('lays bills beside estimates, of what the caller sees the costs of', async () => {
  const asked: Parameters<BillBook['used']>[0][] = [];
  await things(async question => {
    asked.push(question);
    return new Map(question.entityRefs.map(ref => [ref, 30]));
  });
  const answer = await accuracy();
  expect(answer).toMatchObject({
    state: 'measured',
    resources: [
      { environment: 'staging', billed: 30 },
      { billed: 30 },
      { billed: 30 },
    ],
  });
  expect(answer.resources.map(({ name }: { name: string }) => name)).toEqual([
    'three',
    'two',
    'one',
  ]);
  const { low, high } = answer.resources[0].estimate;
  expect(answer.error.median).toBeCloseTo(30 / ((low + high) / 2) - 1, 2);
  expect(asked).toMatchObject([
    { credentials: { principal: { userEntityRef: 'user:default/amara' } } },
  ]);
  expect(answer.to.slice(8)).toBe('01');
});

it('says that too few are billed, and leaves out what was changed since', async () => {
  await things(
    async ({ entityRefs }) => new Map(entityRefs.map(ref => [ref, 30])),
  );
  await test
    .knex('resources')
    .where({ name: 'two' })
    .update({ changed_at: new Date() });
  expect(await accuracy()).toMatchObject({
    state: 'insufficient',
    error: null,
    suggestions: [],
    reason: expect.stringContaining('2 that you see the costs of'),
  });
});

it('is unavailable without bills, and when they cannot be read', async () => {
  await things(undefined);
  expect(await accuracy()).toMatchObject({
    state: 'unavailable',
    reason: 'This portal keeps no bills.',
  });
  await test.restart({
    bills: {
      used: async () => {
        throw new Error('Nobody there');
      },
    },
  });
  expect(await accuracy()).toMatchObject({
    state: 'unavailable',
    reason: 'The bills could not be read just now.',
  });
  await test.portal
    .as('amara')
    .get('/offerings/no-such-thing/accuracy')
    .expect(404);
});

it('is for those who may read', async () => {
  await test.restart({ denied: new Set(['infrastructure.read']) });
  const { status } = await test.portal
    .as('amara')
    .get('/offerings/thing/accuracy');
  expect(status).toBe(403);
});
