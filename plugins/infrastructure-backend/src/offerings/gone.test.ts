import { createMockDirectory } from '@backstage/backend-test-utils';
import fs from 'node:fs';
import path from 'node:path';
import { usePortal } from '../__testUtils__/usePortal';

const test = usePortal();
const shipped = path.join(__dirname, '../__testUtils__');
const folder = createMockDirectory();

/** The portal as it was, but with other offerings. */
async function offering(files: Record<string, string>) {
  folder.setContent({ offerings: files });
  fs.cpSync(path.join(shipped, 'prices'), folder.resolve('prices'), {
    recursive: true,
  });
  await test.restart({ infrastructure: folder.path });
}

async function made(name: string) {
  const { body } = await test.portal.as('amara').ask({ name }).expect(202);
  await test.portal.as('amara').until(body.id, 'done');
  return body as { id: string; resourceId: string };
}

describe('an offering that is gone', () => {
  it('keeps no run from being seen to', async () => {
    const requests = [await made('orders-thing'), await made('other')];
    // Both were at work when their backend died.
    await test.knex('requests').update({ state: 'applying' });
    await test.knex('resources').update({ state: 'provisioning' });
    await test
      .knex('runs')
      .where({ kind: 'apply' })
      .update({
        state: 'running',
        lease_until: test.knex.raw(`now() - interval '1 minute'`),
      });
    await offering({});
    for (const { id } of requests) {
      const { message } = await test.portal
        .as('amara')
        .until(id, 'interrupted');
      expect(message).toMatch(
        /died in the middle.*The offering thing is not part of the portal/,
      );
    }
  }, 60_000);

  it.each([
    ['plan', 'planning'],
    ['apply', 'queued'],
  ])(
    'lets a run of it fail that died before it did anything: %s',
    async (kind, state) => {
      const { id, resourceId } = await made('orders-thing');
      await test.knex('requests').update({ state });
      await test.knex('resources').update({ state: 'requested' });
      await test
        .knex('runs')
        .where({ kind })
        .update({
          state: 'running',
          lease_until: test.knex.raw(`now() - interval '1 minute'`),
        });
      await offering({});
      const { message, may } = await test.portal
        .as('amara')
        .until(id, 'failed');
      expect(message).toMatch(
        /before anything was done. The offering thing is not part of the portal.*put its file back/,
      );
      expect(may).toMatchObject({ cancel: true, retry: true });
      const { body } = await test.portal
        .as('amara')
        .get(`/resources/${resourceId}`);
      expect(body.state).toBe('requested');
    },
    60_000,
  );

  it('is named to who wants to remove what was made of it', async () => {
    const { resourceId } = await made('orders-thing');
    await offering({});
    const { body } = await test.portal
      .as('amara')
      .post('/requests', { kind: 'destroy', resourceId })
      .expect(409);
    expect(body.error.message).toMatch(
      /^The offering thing, which orders-thing was made of, is not part of the portal any more.* Put its file back/,
    );
  }, 60_000);
});

it('of an offering that is retired nothing can be asked for, and all that is there removed', async () => {
  const { resourceId } = await made('orders-thing');
  const text = fs.readFileSync(
    path.join(shipped, 'offerings/thing.yaml'),
    'utf8',
  );
  await offering({
    'thing.yaml': text.replace(/environments: .*/, 'environments: []'),
  });
  const amara = test.portal.as('amara');
  const { body: refused } = await amara.ask({ name: 'other' }).expect(400);
  expect(refused.error.message).toMatch(/environment .*retired/);
  const { body: listed } = await amara.get('/offerings').expect(200);
  expect(listed.items).toMatchObject([
    { available: false, unavailableReason: expect.stringMatching(/retired/) },
  ]);
  const { body } = await amara
    .post('/requests', { kind: 'destroy', resourceId })
    .expect(202);
  await amara.until(body.id, 'done');
  expect(test.engine.made.size).toBe(0);
}, 60_000);
