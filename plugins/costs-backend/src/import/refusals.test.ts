import { gzipSync } from 'node:zlib';
import { bill } from '../__testUtils__/bill';
import { parquet } from '../__testUtils__/parquet';
import { usd, usePortal } from '../__testUtils__/usePortal';

const test = usePortal();

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
      'separated otherwise, with quotation marks',
      good.split('\n')[0].replaceAll(/([^,]+),?/g, '"$1";'),
      /not separated by commas/,
    ],
    [
      'with an open quotation mark in its header',
      good.replace('BilledCost', '"BilledCost'),
      /columns in line 1: a quotation mark does not close/,
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
    await test.portal.import(good);
    const failed = await test.portal.import(file);
    expect(failed).toMatchObject({
      state: 'failed',
      error: expect.stringMatching(message),
    });
    expect(failed.error).not.toContain(test.portal.directory);
    expect((await test.portal.totals()).totals).toEqual(usd('10'));
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
    [
      'a billing period of years',
      { BillingPeriodEnd: '2027-04-06' },
      'BillingPeriodEnd',
      /more than 400 days after BillingPeriodStart/,
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
    [
      'NUL in a tag',
      { Tags: String.raw`{"org": "x\u0000y"}` },
      'Tags',
      /org=x.y has a character that no text may hold/,
    ],
    [
      'half a character in the key of a tag',
      { Tags: String.raw`{"\ud800": "x"}` },
      'Tags',
      /no text may hold/,
    ],
    [
      'a long value that is quoted in part',
      { ListCost: `${'x'.repeat(99)}😀` },
      'ListCost',
      /decimal/,
    ],
  ])(
    'with %s names the line and the reason',
    async (_, row, column, reason) => {
      const failed = await test.portal.import(bill([{}, row, {}, row]));
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
      expect((await test.portal.totals()).totals).toEqual([]);
    },
  );

  it('with NUL in a text of Parquet names the line and the reason, the first time it is read', async () => {
    const failed = await test.portal.import(
      await parquet(`select 1 as "BilledCost", 1 as "EffectiveCost", 1 as "ListCost",
        1 as "ContractedCost", 'USD' as "BillingCurrency",
        date '2026-03-01' as "BillingPeriodStart", date '2026-04-01' as "BillingPeriodEnd",
        date '2026-03-02' as "ChargePeriodStart", date '2026-03-03' as "ChargePeriodEnd",
        'Usage' as "ChargeCategory", 'Compute' as "ServiceName",
        name as "ResourceName", tags as "Tags"
        from (values ('a', null), ('b' || chr(0), null), ('c', map {'org': chr(0)}))
          as rows(name, tags)`),
    );
    expect(failed).toMatchObject({
      state: 'failed',
      report: {
        refused: {
          count: 1,
          rows: [
            {
              line: 2,
              column: 'ResourceName',
              reason: expect.stringMatching(/^"b.?" has a character that no/),
            },
          ],
        },
      },
    });
    expect(await test.knex('imports').select('fence')).toEqual([{ fence: 1 }]);
  });

  it.each<[string, Buffer, number, RegExp]>([
    [
      'Latin-1',
      Buffer.from(bill([{}, { ResourceName: 'Müller' }]), 'latin1'),
      3,
      /is not UTF-8/,
    ],
    [
      'NUL',
      Buffer.from(bill([{}, {}, { ResourceName: 'a\0b' }, {}])),
      4,
      /has a NUL character/,
    ],
  ])(
    'of %s has a report with the line, and that nothing after it was read',
    async (_, file, line, reason) => {
      for (const [format, sent] of [
        ['csv', file],
        ['gzip', gzipSync(file)],
      ] as const) {
        expect(await test.portal.import(sent)).toMatchObject({
          state: 'failed',
          report: {
            format,
            refused: {
              count: 1,
              rows: [
                { line, column: '', reason: expect.stringMatching(reason) },
              ],
            },
            warnings: ['Nothing was read after this line'],
          },
        });
      }
    },
  );

  it('is not said to have empty costs where they could not be read', async () => {
    const { report } = await test.portal.import(bill([{ BilledCost: 'NaN' }]));
    expect(report).toMatchObject({ refused: { count: 1 }, warnings: [] });
  });

  it('lists the columns whose values are of a wrong type', async () => {
    const failed = await test.portal.import(
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
