import { gzipSync } from 'node:zlib';
import { bill } from '../__testUtils__/bill';
import { parquet } from '../__testUtils__/parquet';
import { usd, usePortal } from '../__testUtils__/usePortal';

const test = usePortal();

describe('a bill', () => {
  it.each(['1.0', '1.1', '1.2'] as const)(
    'of FOCUS %s is recognised, and is in the totals to the last digit',
    async version => {
      const done = await test.portal.import(
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
      expect((await test.portal.totals()).totals).toEqual(usd('0.3234567901'));
      expect(
        (await test.portal.totals({ measure: 'EffectiveCost' })).totals,
      ).toEqual(usd('499.8'));
    },
  );

  it.each([
    ['99999999', '99999999'],
    ['-9999999', '-9999999'],
    ['123456789', '123456789'],
    ['1234567.0123456789', '1234567.0123456789'],
    ['-1234567.0123456789', '-1234567.0123456789'],
    ['12345678.1', '12345678.1'],
    ['0.01234567891', '0.01234567891'],
    ['-0.000000000000000001', '-0.000000000000000001'],
    [
      '12345678901234567890.123456789012345678',
      '12345678901234567890.123456789012345678',
    ],
    ['.5', '0.5'],
    ['5.', '5'],
    ['+3.25', '3.25'],
    ['1e-11', '0.00000000001'],
    ['1.5E+3', '1500'],
    ['007.10', '7.1'],
  ])('that says %s is read to the last digit', async (written, amount) => {
    await test.portal.import(bill([{ BilledCost: written }]));
    expect((await test.portal.totals()).totals).toEqual(usd(amount));
  });

  it('that says the same in different ways says it once', async () => {
    await test.portal.import(
      bill([
        { ResourceId: 'r-1', RegionId: 'NULL' },
        { ResourceId: ' r-1 ', RegionId: '' },
        { ResourceId: 'r-1', RegionId: null },
      ]),
    );
    expect(await test.knex('items').count()).toEqual([{ count: '1' }]);
    expect(await test.knex('charges').select('rows')).toEqual([{ rows: '3' }]);
  });

  it('is read from gzip, whatever it is called', async () => {
    const done = await test.portal.import(gzipSync(bill([{}])), {
      filename: 'bill.csv',
    });
    expect(done).toMatchObject({ state: 'done', report: { format: 'gzip' } });
    expect((await test.portal.totals()).totals).toEqual(usd('1'));
  });

  it('is read from Parquet, with the types that writers choose', async () => {
    const done = await test.portal.import(
      await parquet(`select
        0.1234567891::decimal(20,10) as "BilledCost", 0.1::double as "EffectiveCost",
        1e-7::double as "ListCost", 3 as "ContractedCost", 'USD' as "BillingCurrency",
        timestamp '2026-03-01 00:00:00' as "BillingPeriodStart",
        timestamptz '2026-04-01 00:00:00+00' as "BillingPeriodEnd",
        date '2026-03-31' as "ChargePeriodStart", date '2026-04-01' as "ChargePeriodEnd",
        'Usage' as "ChargeCategory", 'Compute' as "ServiceName",
        map {' org': 'payments'} as "Tags"`),
      { filename: 'bill.parquet' },
    );
    expect(done).toMatchObject({
      state: 'done',
      report: {
        format: 'parquet',
        periods: [
          {
            totals: {
              BilledCost: '0.1234567891',
              EffectiveCost: '0.1',
              ListCost: '0.0000001',
              ContractedCost: '3',
            },
          },
        ],
      },
    });
    expect(
      await test.portal.totals({
        filter: 'Tags/org=payments',
        from: '2026-03-31',
      }),
    ).toMatchObject({ totals: usd('0.1234567891') });
  });

  it('replaces what its source said of the billing period, and nothing else', async () => {
    await test.portal.import(bill([{ BilledCost: '10' }, { BilledCost: '5' }]));
    await test.portal.import(bill([{ BilledCost: '100' }]), {
      source: 'azure',
    });
    await test.portal.import(
      bill([
        {
          BilledCost: '1000',
          BillingPeriodStart: '2026-02-01',
          BillingPeriodEnd: '2026-03-01',
        },
      ]),
    );
    const again = await test.portal.import(bill([{ BilledCost: '7.5' }]));
    expect(again.report?.periods).toMatchObject([
      { totals: { BilledCost: '7.5' }, replaced: { rows: 2 } },
    ]);
    expect((await test.portal.totals()).totals).toEqual(usd('1107.5'));
    const { body } = await test.portal.get('/bills').expect(200);
    expect(body.items).toMatchObject([
      { source: 'aws', billingPeriodStart: '2026-03-01', rows: 1 },
      { source: 'azure', totals: { BilledCost: '100' } },
      { billingPeriodStart: '2026-02-01', billingPeriodEnd: '2026-03-01' },
    ]);
  });

  it('that is the same file again changes nothing, until another took its place', async () => {
    const file = bill([{ BilledCost: '10' }]);
    await test.portal.import(file);
    const before = await test.knex('bills').select('id', 'current');
    expect(await test.portal.import(file)).toMatchObject({
      state: 'unchanged',
      report: { rows: 1 },
    });
    expect(await test.knex('bills').select('id', 'current')).toEqual(before);
    await test.portal.import(bill([{ BilledCost: '20' }]));
    expect(await test.portal.import(file)).toMatchObject({ state: 'done' });
    expect((await test.portal.totals()).totals).toEqual(usd('10'));
  });
});

describe('the traps of real bills', () => {
  it('NULL is null, moments may lack a zone, and keys of tags a blank', async () => {
    const done = await test.portal.import(
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
    expect(await test.portal.totals({ groupBy: 'ResourceId' })).toMatchObject({
      items: [
        { key: 'r-1', amount: '2' },
        { key: null, amount: '1' },
      ],
    });
    expect(await test.portal.totals({ groupBy: 'Tags/org' })).toMatchObject({
      items: [
        { key: null, amount: '2' },
        { key: 'payments', amount: '1' },
      ],
    });
    expect(
      await test.portal.totals({ from: '2026-03-31', to: '2026-04-01' }),
    ).toMatchObject({ totals: usd('1') });
  });

  it('negative credits, an effective cost of 0 and empty costs are counted as they are', async () => {
    const done = await test.portal.import(
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
    expect(
      await test.portal.totals({ groupBy: 'ChargeCategory' }),
    ).toMatchObject({
      items: [
        { key: 'Usage', amount: '20' },
        { key: 'Credit', amount: '-5.5' },
      ],
    });
    expect(
      await test.portal.totals({ measure: 'EffectiveCost' }),
    ).toMatchObject({
      totals: usd('0'),
    });
  });

  it('a row of another billing period is of that one, and currencies stay apart', async () => {
    const done = await test.portal.import(
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
      await test.portal.totals({ groupBy: 'BillingPeriodStart' }),
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
    const done = await test.portal.import(
      bill([{ billedcost: '3', x_Team: 'orders' }], { columns }),
    );
    expect(done.report?.columns.unknown).toEqual(['x_Team']);
    expect(done.report?.columns.missing).toContain('ResourceId');
    expect((await test.portal.totals()).totals).toEqual(usd('3'));
  });

  it('columns are recognised in quotation marks, with blanks around them', async () => {
    const done = await test.portal.import(
      bill([{ BilledCost: '3' }]).replace('BilledCost', ' "BilledCost" '),
    );
    expect(done.report?.columns.missing).toEqual([]);
    expect((await test.portal.totals()).totals).toEqual(usd('3'));
  });

  it('line breaks, quotation marks and commas in values are part of them', async () => {
    const name = 'a "quoted",\nbroken, name';
    await test.portal.import(bill([{ ResourceName: name }]));
    expect(await test.portal.totals({ groupBy: 'ResourceName' })).toMatchObject(
      {
        items: [{ key: name }],
      },
    );
  });
});
