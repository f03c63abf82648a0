import { bill, type BillRow } from '../__testUtils__/bill';
import { usd, usePortal } from '../__testUtils__/usePortal';

const test = usePortal();

const february: BillRow = {
  BilledCost: '4',
  BillingPeriodStart: '2026-02-01T00:00:00Z',
  BillingPeriodEnd: '2026-03-01T00:00:00Z',
  ChargePeriodStart: '2026-02-28T00:00:00Z',
  ChargePeriodEnd: '2026-03-01T00:00:00Z',
};
const times = (count: number, row: BillRow) =>
  Array.from({ length: count }, () => row);
/** A bill of March with a row of February. */
const march = bill([{ BilledCost: '1' }, february, { BilledCost: '2' }]);

describe('a row of another billing period, of which much more counts', () => {
  beforeEach(async () => {
    await test.portal.import(bill(times(11, february)));
  });

  it('has the file refused, and the row named', async () => {
    const refused = await test.portal.import(march);
    expect(refused).toMatchObject({
      state: 'failed',
      error:
        'The file is about another billing period, and yet it would replace one: the billing period of 2026-02-01 has 1 row in this file, where 11 rows count. Send it with strays=leave to leave these rows out, or with strays=replace if there is no more to that billing period',
      report: {
        rows: 3,
        refused: {
          count: 1,
          rows: [{ line: 3, column: 'BillingPeriodStart' }],
        },
      },
    });
    expect((await test.portal.totals()).totals).toEqual(usd('44'));
  });

  it('is left out, or replaces what counts, if the sender says so', async () => {
    await test.portal.import(march);
    const left = await test.portal.import(march, { strays: 'leave' });
    expect(left).toMatchObject({
      state: 'done',
      report: {
        rows: 3,
        periods: [{ billingPeriodStart: '2026-03-01', rows: 2 }],
        warnings: [
          'Left out: the billing period of 2026-02-01 has 1 row in this file, where 11 rows count',
        ],
      },
    });
    expect((await test.portal.totals()).totals).toEqual(usd('47'));
    // The same again changes nothing; the same in another way does.
    expect(await test.portal.import(march, { strays: 'leave' })).toMatchObject({
      state: 'unchanged',
    });
    expect(
      await test.portal.import(march, { strays: 'replace' }),
    ).toMatchObject({
      state: 'done',
      report: { periods: [{ replaced: { rows: 11 } }, {}] },
    });
    expect((await test.portal.totals()).totals).toEqual(usd('7'));
  });

  it('is no stray where the file is about that billing period alone', async () => {
    expect(await test.portal.import(bill([february]))).toMatchObject({
      state: 'done',
      report: {
        warnings: [
          'Replaced: the billing period of 2026-02-01 has 1 row in this file, where 11 rows count',
        ],
      },
    });
    expect((await test.portal.totals()).totals).toEqual(usd('4'));
  });

  it('nor where the file restates that one too, or another source sends it', async () => {
    expect(
      await test.portal.import(bill([{}, {}, {}, ...times(2, february)])),
    ).toMatchObject({ state: 'done', report: { warnings: [] } });
    expect(await test.portal.import(march, { source: 'azure' })).toMatchObject({
      state: 'done',
    });
    expect((await test.portal.totals()).totals).toEqual(usd('18'));
  });
});

it('what becomes of such rows is one of three', async () => {
  const { body } = await test.portal
    .upload(march, { strays: 'add' })
    .expect(400);
  expect(body.error.message).toMatch('refuse, leave, replace');
});
