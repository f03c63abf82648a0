import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { bill } from '../__testUtils__/bill';
import { usd, usePortal } from '../__testUtils__/usePortal';
import { BillStore } from './BillStore';
import { FileStore } from './FileStore';
import { Importer } from './Importer';
import { ImportStore } from './ImportStore';
import { Withdrawer } from './Withdrawer';

const test = usePortal();

const february = {
  BillingPeriodStart: '2026-02-01',
  BillingPeriodEnd: '2026-03-01',
};
const reason = 'It is the bill of another company';

const withdraw = (id: string, body: object = { reason }) =>
  test.portal.post(`/imports/${id}/withdraw`, body);

const amounts = async () => (await test.portal.totals()).totals;

const withdrawer = (patienceMs: number) =>
  new Withdrawer({
    knex: test.knex,
    imports: new ImportStore(test.knex, 'test'),
    bills: new BillStore(test.knex),
    patienceMs,
  });

describe('an import that is taken back', () => {
  it('does not count any more, and neither does what it replaced', async () => {
    await test.portal.import(bill([{ BilledCost: '10' }]));
    await test.portal.import(bill([{ BilledCost: '3' }]), { source: 'azure' });
    const file = bill([{ BilledCost: '20.0000000001' }, { BilledCost: '1' }]);
    const { id } = await test.portal.import(file);
    const { body } = await withdraw(id).expect(200);
    expect(body).toMatchObject({
      id,
      state: 'withdrawn',
      report: { rows: 2 },
      withdrawal: {
        by: 'user:default/amara',
        reason,
        periods: [
          {
            billingPeriodStart: '2026-03-01',
            currency: 'USD',
            rows: 2,
            totals: { BilledCost: '21.0000000001' },
          },
        ],
      },
    });
    expect(await amounts()).toEqual(usd('3'));
    // What charges come to by themselves, by who bears them, and by bill.
    expect((await test.portal.totals({ check: 'true' })).charged).toEqual(
      usd('3'),
    );
    expect(
      (await test.portal.totals({ groupBy: 'allocation' })).items,
    ).toMatchObject([{ key: 'unallocated', amount: '3' }]);
    const { body: bills } = await test.portal.get('/bills').expect(200);
    expect(bills.items).toMatchObject([{ source: 'azure' }]);
    const { body: listed } = await test.portal.get('/imports?state=withdrawn');
    expect(listed).toMatchObject({ total: 1, items: [{ id }] });
    expect(test.auditedAs('import-withdraw')).toMatchObject([
      {
        meta: { id, reason, by: 'user:default/amara' },
        ended: {
          source: 'aws',
          filename: 'bill.csv',
          periods: [{ rows: 2, totals: { BilledCost: '21.0000000001' } }],
        },
      },
    ]);
    // The same file is news again.
    expect(await test.portal.import(file)).toMatchObject({ state: 'done' });
    expect(await amounts()).toEqual(usd('24.0000000001'));
  });

  it('is so once, however often and by how many it is asked for', async () => {
    const { id } = await test.portal.import(bill([{}]));
    const answers = await Promise.all([1, 2, 3].map(() => withdraw(id)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const [first] = answers;
    const again = await withdraw(id, { reason: 'Another one' }).expect(200);
    for (const { body } of [...answers, again]) {
      expect(body).toEqual(first.body);
    }
    expect(await amounts()).toEqual([]);
  });

  it('leaves what took the place of some of its billing periods', async () => {
    const { id } = await test.portal.import(
      bill([{ BilledCost: '1' }, { BilledCost: '2', ...february }]),
    );
    await test.portal.import(bill([{ BilledCost: '40' }]));
    const { body } = await withdraw(id).expect(200);
    expect(body.withdrawal.periods).toMatchObject([
      { billingPeriodStart: '2026-02-01', totals: { BilledCost: '2' } },
    ]);
    expect(await amounts()).toEqual(usd('40'));
  });

  it('is forgotten with its charges, as what is replaced is', async () => {
    const { id } = await test.portal.import(bill([{}]));
    await withdraw(id).expect(200);
    await new BillStore(test.knex).sweep(async () => undefined);
    expect(await test.knex('charges')).toEqual([]);
    const { body } = await test.portal.get(`/imports/${id}`).expect(200);
    expect(body.withdrawal.periods).toMatchObject([{ rows: 1 }]);
  });

  it('counts as before when it cannot be said that it does not', async () => {
    const { id } = await test.portal.import(bill([{ BilledCost: '5' }]));
    await test.knex.raw(`
      create function no_end() returns trigger language plpgsql as
        $$ begin raise exception 'The process is gone'; end $$;
      create trigger no_end before update on imports
        for each row execute function no_end()`);
    try {
      await expect(
        withdrawer(1_000).withdraw(id, { by: 'test', reason }),
      ).rejects.toThrow('The process is gone');
    } finally {
      await test.knex.raw(
        'drop trigger no_end on imports; drop function no_end',
      );
    }
    expect(await amounts()).toEqual(usd('5'));
    await withdraw(id).expect(200);
    expect(await amounts()).toEqual([]);
  });
});

describe('taking back is refused', () => {
  const refused = async (id: string) =>
    (await withdraw(id).expect(409)).body.error.message;

  it('where nothing of the import counts', async () => {
    const file = bill([{ BilledCost: '1' }]);
    const { id: first } = await test.portal.import(file);
    const { id: same } = await test.portal.import(file);
    const { id: failed } = await test.portal.import('no bill');
    expect(await refused(same)).toMatch(/Take back the import that brought it/);
    expect(await refused(failed)).toMatch(/nothing of it counts/);
    await test.portal.import(bill([{ BilledCost: '2' }]));
    expect(await refused(first)).toMatch(/other files took its place/);
    expect(await amounts()).toEqual(usd('2'));
    expect(test.auditedAs('import-withdraw')).toMatchObject([
      { failed: 'ConflictError' },
      { failed: 'ConflictError' },
      { failed: 'ConflictError' },
    ]);
  });

  it('of one that is not over', async () => {
    const id = randomUUID();
    await test.knex('imports').insert({
      id,
      source: 'aws',
      filename: 'bill.csv',
      bytes: 1,
      digest: id,
      created_by: 'user:default/amara',
      state: 'waiting',
    });
    expect(await refused(id)).toMatch(/is not over; cancel it/);
  });

  it('without a reason, of what is not there, and to who may not import', async () => {
    const { id } = await test.portal.import(bill([{}]));
    for (const body of [
      {},
      { reason: '' },
      { reason: '  ' },
      { reason: 7 },
      { reason: 'x'.repeat(501) },
      { reason, all: true },
    ]) {
      await withdraw(id, body).expect(400);
    }
    await withdraw('1').expect(400);
    await withdraw(randomUUID()).expect(404);
    test.denied.add('costs.import.create');
    await withdraw(id).expect(403);
    expect(await amounts()).toEqual(usd('1'));
  });

  it('while a file of its source is stored, and not while one of another is', async () => {
    const { id } = await test.portal.import(bill([{ BilledCost: '5' }]));
    const bills = new BillStore(test.knex);
    await test.knex.transaction(async tx => {
      await bills.hold(tx, 'aws');
      await expect(
        withdrawer(20).withdraw(id, { by: 'test', reason }),
      ).rejects.toThrow(/are being stored or allocated; try again/);
    });
    expect(await amounts()).toEqual(usd('5'));
    await test.knex.transaction(async tx => {
      await bills.hold(tx, 'azure');
      await withdraw(id).expect(200);
    });
    expect(await amounts()).toEqual([]);
  });
});

it('a file that is read while something is taken back is read anew', async () => {
  const rows = Array.from({ length: 30 }, () => ({ BilledCost: '1' }));
  const { id: before } = await test.portal.import(
    bill(rows.map(row => ({ ...row, ...february }))),
  );
  const files = new FileStore(test.portal.directory, Infinity);
  const imports = new ImportStore(test.knex, 'test');
  const bills = new BillStore(test.knex);
  const id = randomUUID();
  // The row of February is a stray beside the thirty that count.
  const stored = await files.put(id, {
    content: Readable.from([
      Buffer.from(bill([{}, {}, { BilledCost: '7', ...february }])),
    ]),
  });
  // Nobody else takes it: it is not in the table before it is taken here.
  const row = await test.knex.transaction(async tx => {
    const own = new ImportStore(tx, 'test');
    await own.add({
      ...stored,
      id,
      source: 'aws',
      filename: 'bill.csv',
      strays: 'leave',
      created_by: 'user:default/amara',
    });
    return own.take([id]);
  });
  const importer = Importer.create({
    knex: test.knex,
    imports,
    bills,
    files,
    limits: { memoryMb: 256, threads: 1, largestBytes: Infinity },
    onStored: async () => undefined,
  });
  const { signal } = new AbortController();
  const note = jest.spyOn(imports, 'note').mockImplementationOnce(async () => {
    await withdraw(before).expect(200);
  });
  await expect(importer.run(row!, signal)).rejects.toThrow('it is read anew');
  expect(await amounts()).toEqual([]);
  note.mockRestore();
  await importer.run(row!, signal);
  const { body } = await test.portal.get('/bills').expect(200);
  expect(body.items).toMatchObject([
    { billingPeriodStart: '2026-03-01', rows: 2 },
    { billingPeriodStart: '2026-02-01', totals: { BilledCost: '7' } },
  ]);
});
