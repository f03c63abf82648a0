import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { bill } from '../__testUtils__/bill';
import { startPortal } from '../__testUtils__/portal';
import { usd, usePortal } from '../__testUtils__/usePortal';
import { BillStore } from './BillStore';
import { FileStore } from './FileStore';
import { Importer } from './Importer';
import { ImportStore, type ImportRow } from './ImportStore';

const test = usePortal();

describe('backends', () => {
  it('read each file once, and those of one source in their order', async () => {
    const other = await startPortal({
      knex: test.knex,
      directory: test.portal.directory,
    });
    const sent = [];
    for (let number = 1; number <= 6; number += 1) {
      const { body } = await [test.portal, other][number % 2].upload(
        bill([{ BilledCost: `${number}` }]),
        { source: number > 3 ? 'azure' : 'aws' },
      );
      sent.push(body.id);
    }
    for (const id of sent) {
      expect(await test.portal.until(id)).toMatchObject({ state: 'done' });
    }
    expect((await test.portal.totals()).totals).toEqual(usd('9'));
    expect(await test.knex('imports').max('fence')).toEqual([{ max: 1 }]);
    await other.stop();
  });

  it('take over from one that died', async () => {
    const id = randomUUID();
    const stored = await new FileStore(test.portal.directory, Infinity).put(
      id,
      { content: Readable.from([Buffer.from(bill([{ BilledCost: '4' }]))]) },
    );
    await test.knex('imports').insert({
      ...stored,
      id,
      source: 'aws',
      filename: 'bill.csv',
      created_by: 'user:default/amara',
      state: 'storing',
      lease_owner: 'gone',
      lease_until: test.knex.raw(`now() - interval '1 second'`),
      fence: 1,
    });
    const next = await startPortal({
      knex: test.knex,
      directory: test.portal.directory,
    });
    expect(await next.until(id)).toMatchObject({ state: 'done' });
    expect((await next.totals()).totals).toEqual(usd('4'));
    await next.stop();
  });

  it('that die while they store leave what was, and one that lost the import writes nothing', async () => {
    await test.portal.import(bill([{ BilledCost: '10' }]));
    const files = new FileStore(test.portal.directory, Infinity);
    const store = new ImportStore(test.knex, 'test');
    const bills = new BillStore(test.knex);
    const id = randomUUID();
    const stored = await files.put(id, {
      content: Readable.from([Buffer.from(bill([{ BilledCost: '99' }]))]),
    });
    // Nobody else takes it: it is not in the table before it is taken here.
    await test.knex.transaction(async tx => {
      await new ImportStore(tx, 'test').add({
        ...stored,
        id,
        source: 'aws',
        filename: 'bill.csv',
        strays: 'refuse',
        created_by: 'user:default/amara',
      });
      await new ImportStore(tx, 'test').take([id]);
    });
    await test
      .knex('imports')
      .update({ lease_until: test.knex.raw(`now() + interval '1 hour'`) });
    const [row] = await test.knex<ImportRow>('imports').where({ id });
    const importer = (onStored: () => Promise<void>) =>
      Importer.create({
        knex: test.knex,
        imports: store,
        bills,
        files,
        limits: { memoryMb: 256, threads: 1, largestBytes: Infinity },
        onStored,
      });
    const { signal } = new AbortController();
    await expect(
      importer(async () => {
        throw new Error('The process is gone');
      }).run(row, signal),
    ).rejects.toThrow('The process is gone');
    expect((await test.portal.totals()).totals).toEqual(usd('10'));
    await expect(
      importer(async () => {
        await test.knex('imports').where({ id }).increment('fence');
      }).run(row, signal),
    ).rejects.toThrow('Another backend');
    expect((await test.portal.totals()).totals).toEqual(usd('10'));
    expect(await test.knex('items').count()).toEqual([{ count: '1' }]);
  });
});

describe('progress', () => {
  it('is told of an import that is worked on, and of no other', async () => {
    const { body } = await test.portal.upload(bill([{}])).expect(202);
    expect(body.progress).toBeUndefined();
    const done = await test.portal.until(body.id);
    expect(done.progress).toBeUndefined();
    // The last that was told: all of it had been, by then.
    const [{ progress }] = await test
      .knex('imports')
      .where({ id: body.id })
      .select('progress');
    expect(progress).toEqual({ stage: 'allocating', step: 4, steps: 4 });
    const store = new ImportStore(test.knex, 'test');
    const row = (await store.find(body.id))!;
    const checking = { stage: 'checking' as const, step: 1, steps: 4 };
    await store.tell(row, { ...checking, done: 5, total: 10 });
    expect((await store.find(body.id))?.progress).toEqual(progress);
    await test.knex('imports').update({ state: 'reading' });
    await store.tell({ ...row, fence: row.fence - 1 }, checking);
    await store.tell(row, { ...checking, done: 5, total: 10 });
    const { body: read } = await test.portal.get(`/imports/${body.id}`);
    expect(read.progress).toEqual({ ...checking, done: 5, total: 10 });
    await test.knex('imports').update({ state: 'done' });
  });
});

describe('the API', () => {
  it('wants to know whose bill it is', async () => {
    const wrong: Record<string, string>[] = [
      { source: '../etc' },
      { source: '' },
      { filename: ' ' },
    ];
    for (const about of wrong) {
      await test.portal.upload(bill([{}]), about).expect(400);
    }
    await test.portal.upload('').expect(400);
    expect(await test.knex('imports')).toEqual([]);
  });

  it('lists imports, newest first', async () => {
    await test.portal.import(bill([{}]), { filename: 'first.csv' });
    await test.portal.import('no bill', {
      filename: 'second.csv',
      source: 'azure',
    });
    const { body } = await test.portal.get('/imports').expect(200);
    expect(body).toMatchObject({
      total: 2,
      items: [
        { filename: 'second.csv', createdBy: 'user:default/amara' },
        { filename: 'first.csv' },
      ],
    });
    const { body: failed } = await test.portal.get(
      '/imports?state=failed&limit=1',
    );
    expect(failed).toMatchObject({ total: 1, items: [{ source: 'azure' }] });
    await test.portal
      .get('/imports/00000000-0000-4000-8000-000000000000')
      .expect(404);
  });

  it('refuses whom it must', async () => {
    await test.portal.import(bill([{}]));
    test.denied.add('costs.import.create');
    await test.portal.upload(bill([{}])).expect(403);
    test.denied.add('costs.organisation.read');
    await test.portal.get('/imports').expect(403);
    await test.portal.get('/bills').expect(403);
    expect((await test.portal.totals()).totals).toEqual([]);
    test.denied.add('costs.read');
    await test.portal.get('/totals?from=2026-01-01&to=2026-02-01').expect(403);
    await test.portal.anonymous('/bills').expect(401);
  });
});
