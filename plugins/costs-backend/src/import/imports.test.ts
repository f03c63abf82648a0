import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { gzipSync } from 'node:zlib';
import { bill } from '../__testUtils__/bill';
import { migratedDatabase } from '../__testUtils__/database';
import { startPortal, type Portal } from '../__testUtils__/portal';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const denied = new Set<string>();
let knex: Knex;
let portal: Portal;

beforeAll(async () => {
  knex = await migratedDatabase(databases);
  portal = await startPortal({ knex, denied });
});
afterEach(async () => {
  denied.clear();
  await knex.raw('truncate imports, bills, bill_totals, items, charges');
});

const usd = (amount: string) => [{ currency: 'USD', amount }];

describe('a bill', () => {
  it.each(['1.0', '1.1', '1.2'] as const)(
    'of FOCUS %s is recognised, and is in the totals to the last digit',
    async version => {
      const done = await portal.import(
        bill(
          [
            { BilledCost: '0.1234567891', EffectiveCost: '0.1' },
            { BilledCost: '0.2000000009', EffectiveCost: '-0.3' },
            { BilledCost: '1e-10', EffectiveCost: '5E+2' },
          ],
          { version },
        ),
      );
      expect(done).toMatchObject({
        state: 'done',
        error: null,
        report: {
          format: 'csv',
          focusVersion: version,
          columns: { missing: [], unknown: [], wrongType: [] },
          rows: 3,
          refused: { count: 0 },
          periods: [
            {
              billingPeriodStart: '2026-03-01',
              currency: 'USD',
              rows: 3,
              totals: {
                BilledCost: '0.3234567901',
                EffectiveCost: '499.8',
                ListCost: '3',
                ContractedCost: '3',
              },
              replaced: null,
            },
          ],
        },
      });
      expect((await portal.totals()).totals).toEqual(usd('0.3234567901'));
      expect(
        (await portal.totals({ measure: 'EffectiveCost' })).totals,
      ).toEqual(usd('499.8'));
    },
  );

  it('is read from gzip, whatever it is called', async () => {
    const done = await portal.import(gzipSync(bill([{}])), {
      filename: 'bill.csv',
    });
    expect(done).toMatchObject({ state: 'done', report: { format: 'gzip' } });
    expect((await portal.totals()).totals).toEqual(usd('1'));
  });

  it('replaces what its source said of the billing period, and nothing else', async () => {
    await portal.import(bill([{ BilledCost: '10' }, { BilledCost: '5' }]));
    await portal.import(bill([{ BilledCost: '100' }]), { source: 'azure' });
    await portal.import(
      bill([
        {
          BilledCost: '1000',
          BillingPeriodStart: '2026-02-01',
          BillingPeriodEnd: '2026-03-01',
        },
      ]),
    );
    const again = await portal.import(bill([{ BilledCost: '7.5' }]));
    expect(again.report?.periods).toMatchObject([
      { totals: { BilledCost: '7.5' }, replaced: { rows: 2 } },
    ]);
    expect((await portal.totals()).totals).toEqual(usd('1107.5'));
    const { body } = await portal.get('/bills').expect(200);
    expect(body.items).toMatchObject([
      { source: 'aws', billingPeriodStart: '2026-03-01', rows: 1 },
      { source: 'azure', totals: { BilledCost: '100' } },
      { billingPeriodStart: '2026-02-01', billingPeriodEnd: '2026-03-01' },
    ]);
  });

  it('that is the same file again changes nothing, until another took its place', async () => {
    const file = bill([{ BilledCost: '10' }]);
    await portal.import(file);
    const before = await knex('bills').select('id', 'current');
    expect(await portal.import(file)).toMatchObject({
      state: 'unchanged',
      report: { rows: 1 },
    });
    expect(await knex('bills').select('id', 'current')).toEqual(before);
    await portal.import(bill([{ BilledCost: '20' }]));
    expect(await portal.import(file)).toMatchObject({ state: 'done' });
    expect((await portal.totals()).totals).toEqual(usd('10'));
  });
});

describe('the traps of real bills', () => {
  it('NULL is null, moments may lack a zone, and keys of tags a blank', async () => {
    const done = await portal.import(
      bill([
        {
          ResourceId: 'NULL',
          ChargeClass: 'NULL',
          CommitmentDiscountId: 'NULL',
          ChargePeriodStart: '2026-03-31 23:00:00',
          ChargePeriodEnd: '2026-04-01 00:00:00 UTC',
          BillingPeriodStart: '2026-03-01T02:00:00+02:00',
          Tags: '{" org": "payments ", "empty": null}',
        },
        { ResourceId: 'r-1', Tags: 'NULL' },
        { ResourceId: 'r-1', Tags: null },
      ]),
    );
    expect(done.state).toBe('done');
    expect(await portal.totals({ groupBy: 'ResourceId' })).toMatchObject({
      items: [
        { key: 'r-1', amount: '2' },
        { key: null, amount: '1' },
      ],
    });
    expect(await portal.totals({ groupBy: 'Tags/org' })).toMatchObject({
      items: [
        { key: null, amount: '2' },
        { key: 'payments', amount: '1' },
      ],
    });
    expect(
      await portal.totals({ from: '2026-03-31', to: '2026-04-01' }),
    ).toMatchObject({ totals: usd('1') });
  });

  it('negative credits, an effective cost of 0 and empty costs are counted as they are', async () => {
    const done = await portal.import(
      bill([
        { BilledCost: '20', EffectiveCost: '0' },
        { BilledCost: '-5.5', EffectiveCost: '0', ChargeCategory: 'Credit' },
        { BilledCost: 'NULL', EffectiveCost: '0', ListCost: '' },
      ]),
    );
    expect(done.report?.warnings).toEqual([
      'BilledCost is empty in 1 rows, counted as 0',
      'ListCost is empty in 1 rows, counted as 0',
    ]);
    expect(await portal.totals({ groupBy: 'ChargeCategory' })).toMatchObject({
      items: [
        { key: 'Usage', amount: '20' },
        { key: 'Credit', amount: '-5.5' },
      ],
    });
    expect(await portal.totals({ measure: 'EffectiveCost' })).toMatchObject({
      totals: usd('0'),
    });
  });

  it('a row of another billing period is of that one, and currencies stay apart', async () => {
    const done = await portal.import(
      bill([
        { BilledCost: '1' },
        { BilledCost: '2', BillingCurrency: 'EUR' },
        {
          BilledCost: '4',
          BillingPeriodStart: '2026-02-01T00:00:00.000Z',
          BillingPeriodEnd: '2026-03-01T00:00:00+00:00',
        },
      ]),
    );
    expect(done.report?.periods).toMatchObject([
      { billingPeriodStart: '2026-02-01', currency: 'USD' },
      { billingPeriodStart: '2026-03-01', currency: 'EUR' },
      { billingPeriodStart: '2026-03-01', currency: 'USD' },
    ]);
    expect(
      await portal.totals({ groupBy: 'BillingPeriodStart' }),
    ).toMatchObject({
      totals: [
        { currency: 'EUR', amount: '2' },
        { currency: 'USD', amount: '5' },
      ],
      items: [
        { key: '2026-03-01', currency: 'EUR', amount: '2' },
        { key: '2026-02-01', currency: 'USD', amount: '4' },
        { key: '2026-03-01', currency: 'USD', amount: '1' },
      ],
    });
  });

  it('columns of others and missing ones are reported, and letter case does not matter', async () => {
    const columns = [
      'billedcost',
      'EffectiveCost',
      'ListCost',
      'ContractedCost',
      'BillingCurrency',
      'BillingPeriodStart',
      'BillingPeriodEnd',
      'ChargePeriodStart',
      'ChargePeriodEnd',
      'ChargeCategory',
      'ServiceName',
      'x_Team',
    ];
    const done = await portal.import(
      bill([{ billedcost: '3', x_Team: 'orders' }], { columns }),
    );
    expect(done.report?.columns.unknown).toEqual(['x_Team']);
    expect(done.report?.columns.missing).toContain('ResourceId');
    expect((await portal.totals()).totals).toEqual(usd('3'));
  });

  it('line breaks, quotation marks and commas in values are part of them', async () => {
    const name = 'a "quoted",\nbroken, name';
    await portal.import(bill([{ ResourceName: name }]));
    expect(await portal.totals({ groupBy: 'ResourceName' })).toMatchObject({
      items: [{ key: name }],
    });
  });
});

describe('a broken file', () => {
  const good = bill([{ BilledCost: '10' }]);
  const whole = gzipSync(bill(Array.from({ length: 500 }, () => ({}))));

  it.each<[string, string | Buffer, RegExp]>([
    [
      'cut short',
      whole.subarray(0, whole.length - 20),
      /ends too early; it was cut short/,
    ],
    [
      'damaged',
      Buffer.concat([
        whole.subarray(0, 60),
        Buffer.alloc(20),
        whole.subarray(80),
      ]),
      /damaged|cut short/,
    ],
    ['packed otherwise', Buffer.from('PK\x03\x04zip'), /send CSV, CSV in gzip/],
    ['UTF-16', Buffer.from(`\ufeff${good}`, 'utf16le'), /is UTF-16/],
    [
      'Latin-1',
      Buffer.from(bill([{ ResourceName: 'Müller' }]), 'latin1'),
      /Line 2 is not UTF-8/,
    ],
    ['with NUL', good.replace('Compute', 'Com\0pute'), /NUL character/],
    [
      'with a line without end',
      `${good}"${'x'.repeat(1_100_000)}`,
      /Line 3 is longer than 1000000 bytes/,
    ],
    ['no table', 'hello', /names no columns of FOCUS/],
    [
      'separated otherwise',
      good.replaceAll(',', ';'),
      /not separated by commas/,
    ],
    [
      'of other columns',
      'Date,Cost\n2026-03-01,10\n',
      /lacks BillingCurrency, .* BilledCost/,
    ],
    ['empty but for its header', `${good.split('\n')[0]}\n`, /has no rows/],
    ['with a value too many', `${good}1,2,3\n`, /line 3/],
    [
      'with a column twice',
      good.replace('AvailabilityZone', 'Tags'),
      /two columns Tags/,
    ],
    ['no Parquet after all', 'PAR1 but not really PAR1', /cannot be read/],
  ])('%s is refused, and changes nothing', async (_, file, message) => {
    await portal.import(good);
    const failed = await portal.import(file);
    expect(failed).toMatchObject({
      state: 'failed',
      error: expect.stringMatching(message),
    });
    expect(failed.error).not.toContain(portal.directory);
    expect((await portal.totals()).totals).toEqual(usd('10'));
  });

  it.each<[string, Record<string, string>, string, RegExp]>([
    ['a word for a number', { BilledCost: 'ten' }, 'BilledCost', /"ten"/],
    ['a thousands separator', { ListCost: '1,234.5' }, 'ListCost', /decimal/],
    ['no number', { BilledCost: 'NaN' }, 'BilledCost', /decimal/],
    [
      'more digits than are kept',
      { BilledCost: '0.1234567890123456789' },
      'BilledCost',
      /18 after the point/,
    ],
    ['a tiny power', { BilledCost: '1.5e-18' }, 'BilledCost', /18 after/],
    [
      'an absurd day',
      { ChargePeriodStart: '0206-03-01' },
      'ChargePeriodStart',
      /between 2000/,
    ],
    [
      'a far day',
      { BillingPeriodEnd: '9999-12-31' },
      'BillingPeriodEnd',
      /between 2000/,
    ],
    [
      'no day',
      { ChargePeriodStart: '2026-02-30' },
      'ChargePeriodStart',
      /moment/,
    ],
    [
      'a period backwards',
      { ChargePeriodEnd: '2026-03-01' },
      'ChargePeriodEnd',
      /not after/,
    ],
    ['no currency', { BillingCurrency: '$' }, 'BillingCurrency', /currency/],
    ['tags that are none', { Tags: 'org=x' }, 'Tags', /JSON object/],
    [
      'a formula in a tag',
      { Tags: '{"org": "=HYPERLINK(\\"http://evil\\")"}' },
      'Tags',
      /formula/,
    ],
    [
      'a command in a tag',
      { Tags: `{"@SUM(1+1)|cmd": "x"}` },
      'Tags',
      /formula/,
    ],
  ])(
    'with %s names the line and the reason',
    async (_, row, column, reason) => {
      const failed = await portal.import(bill([{}, row, {}, row]));
      expect(failed).toMatchObject({
        state: 'failed',
        report: {
          rows: 4,
          refused: {
            count: 2,
            rows: [
              { line: 3, column, reason: expect.stringMatching(reason) },
              { line: 5, column },
            ],
          },
        },
      });
      expect((await portal.totals()).totals).toEqual([]);
    },
  );

  it('lists the columns whose values are of a wrong type', async () => {
    const failed = await portal.import(
      bill([
        { BilledCost: 'a' },
        { BilledCost: 'b' },
        { BillingCurrency: 'x' },
      ]),
    );
    expect(failed.report?.columns.wrongType).toEqual([
      { column: 'BilledCost', rows: 2, example: 'a' },
      { column: 'BillingCurrency', rows: 1, example: 'x' },
    ]);
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
      await portal.upload(bill([{}]), about).expect(400);
    }
    await portal.upload('').expect(400);
    expect(await knex('imports')).toEqual([]);
  });

  it('lists imports, newest first', async () => {
    await portal.import(bill([{}]), { filename: 'first.csv' });
    await portal.import('no bill', { filename: 'second.csv', source: 'azure' });
    const { body } = await portal.get('/imports').expect(200);
    expect(body).toMatchObject({
      total: 2,
      items: [
        { filename: 'second.csv', createdBy: 'user:default/amara' },
        { filename: 'first.csv' },
      ],
    });
    const { body: failed } = await portal.get('/imports?state=failed&limit=1');
    expect(failed).toMatchObject({ total: 1, items: [{ source: 'azure' }] });
    await portal
      .get('/imports/00000000-0000-4000-8000-000000000000')
      .expect(404);
  });

  it('refuses whom it must', async () => {
    await portal.import(bill([{}]));
    denied.add('costs.import.create');
    await portal.upload(bill([{}])).expect(403);
    denied.add('costs.organisation.read');
    await portal.get('/imports').expect(403);
    await portal.get('/bills').expect(403);
    expect((await portal.totals()).totals).toEqual([]);
    denied.add('costs.read');
    await portal.get('/totals?from=2026-01-01&to=2026-02-01').expect(403);
    await portal.anonymous('/bills').expect(401);
  });
});
