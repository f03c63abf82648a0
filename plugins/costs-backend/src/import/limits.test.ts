import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { bill } from '../__testUtils__/bill';
import { usePortal } from '../__testUtils__/usePortal';
import { FileStore } from './FileStore';
import { ImportStore } from './ImportStore';
import { prepare } from './prepare';

const test = usePortal();
let folder: string;

beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'waymark-limits-'));
});
afterAll(async () => {
  await fs.rm(folder, { recursive: true });
});

const tooLarge = /larger than 0\.001 megabytes.*costs\.imports\.largestMb/;

describe('a file that is larger than files may be', () => {
  const files = () => new FileStore(folder, 1000);
  const content = () => Readable.from([Buffer.alloc(600), Buffer.alloc(600)]);

  it('is not kept, whether or not its sender says how large it is', async () => {
    const put = files().put('a', { content: content() });
    await expect(put).rejects.toThrow(tooLarge);
    expect(await fs.readdir(folder)).toEqual([]);
    const unread = content();
    await expect(
      files().put('a', { content: unread, announced: 1200 }),
    ).rejects.toThrow(tooLarge);
    expect(unread.readableDidRead).toBe(false);
  });

  it('is refused as soon as its text is, however small it is packed', async () => {
    const file = path.join(folder, 'bomb');
    await fs.writeFile(file, gzipSync('a,b\n'.repeat(100_000)));
    const work = await fs.mkdtemp(path.join(folder, 'work-'));
    await expect(
      prepare(file, {
        onBytes: () => undefined,
        folder: work,
        largestBytes: 1000,
        signal: new AbortController().signal,
      }),
    ).rejects.toThrow(tooLarge);
    const unpacked = await fs
      .stat(path.join(work, 'bill.csv'))
      .catch(() => ({ size: 0 }));
    expect(unpacked.size).toBeLessThanOrEqual(1000);
  });
});

it('a file of more columns than any bill is refused', async () => {
  const columns = Array.from({ length: 1001 }, (_, index) => `x_${index}`);
  expect(await test.portal.import(bill([{}], { columns }))).toMatchObject({
    state: 'failed',
    error: expect.stringMatching(/^The file has 1001 columns; FOCUS has 57/),
  });
});

describe('an import that is cancelled', () => {
  /** One that no backend of this test takes up, as its file is elsewhere. */
  async function waiting(): Promise<string> {
    const id = randomUUID();
    await test.knex('imports').insert({
      id,
      source: 'aws',
      filename: 'bill.csv',
      bytes: 1,
      digest: createHash('sha256').update(id).digest('hex'),
      created_by: 'user:default/amara',
      state: 'waiting',
    });
    return id;
  }

  it('fails, lets the next one of its source be read, and is over', async () => {
    const id = await waiting();
    const { body: next } = await test.portal.upload(bill([{}])).expect(202);
    const { body } = await test.portal
      .post(`/imports/${id}/cancel`)
      .expect(200);
    expect(body).toMatchObject({
      id,
      state: 'failed',
      error: 'user:default/amara cancelled it; nothing of it counts',
    });
    expect(await test.portal.until(next.id)).toMatchObject({ state: 'done' });
    for (const over of [id, next.id]) {
      const { body: refusal } = await test.portal
        .post(`/imports/${over}/cancel`)
        .expect(409);
      expect(refusal.error.message).toMatch(/is over already/);
    }
    expect(test.audited).toMatchObject([
      {
        eventId: 'import-add',
        meta: { source: 'aws', filename: 'bill.csv' },
        ended: { id: next.id, bytes: next.bytes },
      },
      { eventId: 'import-cancel', meta: { id }, ended: { source: 'aws' } },
      { eventId: 'import-cancel', failed: 'ConflictError' },
      { eventId: 'import-cancel', failed: 'ConflictError' },
    ]);
  });

  it('cannot be ended by whoever read it, so that nothing of it counts', async () => {
    const id = await waiting();
    const store = new ImportStore(test.knex, 'another');
    const row = await store.take([id]);
    await test.portal.post(`/imports/${id}/cancel`).expect(200);
    expect(row).toMatchObject({ id });
    await expect(store.end(test.knex, row!, { state: 'done' })).rejects.toThrow(
      `Another backend has import ${id} by now`,
    );
    await expect(store.renew(row!)).rejects.toThrow(id);
    expect(await store.isOver(id)).toBe(true);
  });

  it('is so by those only who may hand in bills', async () => {
    const id = await waiting();
    const cancelled = async (one: string) =>
      (await test.portal.post(`/imports/${one}/cancel`)).status;
    expect(await cancelled(randomUUID())).toBe(404);
    test.denied.add('costs.import.create');
    expect(await cancelled(id)).toBe(403);
  });
});
