import { bill, type BillRow } from '../__testUtils__/bill';
import { usd, usePortal } from '../__testUtils__/usePortal';

const test = usePortal();

const period = (start: string, end: string, row: BillRow = {}): BillRow => ({
  BillingPeriodStart: start,
  BillingPeriodEnd: end,
  ChargePeriodStart: start,
  ChargePeriodEnd: end,
  ...row,
});
const january = period('2026-01-01', '2026-02-01', { BilledCost: '10' });
/** January by a clock that is an hour ahead. */
const shifted = period(
  '2026-01-01T00:00:00+01:00',
  '2026-02-01T00:00:00+01:00',
  { BilledCost: '11' },
);

const totals = async () =>
  (await test.portal.totals({ from: '2025-01-01' })).totals;

describe('billing periods of one source', () => {
  it('that overlap are refused, unless the sender says that one takes the place of the other', async () => {
    await test.portal.import(bill([january]));
    expect(await test.portal.import(bill([shifted]))).toMatchObject({
      state: 'failed',
      error:
        'Days would count twice: the billing period from 2025-12-31 to 2026-01-31 overlaps that from 2026-01-01 to 2026-02-01, which counts of aws. Send it with strays=replace if it says anew what that one said, or under a source of its own if both are to count',
      report: { rows: 1 },
    });
    expect(await totals()).toEqual(usd('10'));
    expect(
      await test.portal.import(bill([shifted]), { strays: 'replace' }),
    ).toMatchObject({
      state: 'done',
      report: {
        warnings: [
          'Replaced: the billing period from 2025-12-31 to 2026-01-31 overlaps that from 2026-01-01 to 2026-02-01',
        ],
      },
    });
    expect(await totals()).toEqual(usd('11'));
    expect((await test.portal.get('/bills')).body.items).toHaveLength(1);
    // Another source is another matter.
    await test.portal.import(bill([january]), { source: 'azure' });
    expect(await totals()).toEqual(usd('21'));
  });

  it('that overlap in one file are refused', async () => {
    expect(
      await test.portal.import(
        bill([january, period('2026-01-15', '2026-02-15')]),
      ),
    ).toMatchObject({
      state: 'failed',
      error: expect.stringMatching(
        /in the file, the billing period from 2026-01-01 to 2026-02-01 overlaps that from 2026-01-15/,
      ),
    });
  });

  it('that only meet at a midnight of another zone follow each other', async () => {
    await test.portal.import(bill([shifted]));
    expect(
      await test.portal.import(bill([period('2025-12-01', '2026-01-01')])),
    ).toMatchObject({ state: 'done', report: { warnings: [] } });
    expect(await totals()).toEqual(usd('12'));
  });
});

it('charges for days after the billing period count there, with a warning', async () => {
  const day = (ChargePeriodStart: string, ChargePeriodEnd: string) => ({
    ...january,
    ChargePeriodStart,
    ChargePeriodEnd,
  });
  const done = await test.portal.import(
    bill([
      day('2026-01-31T23:00:00Z', '2026-02-01T00:00:00Z'),
      day('2026-06-01', '2026-06-02'),
      day('2026-09-01', '2026-09-02'),
    ]),
  );
  expect(done.report?.warnings).toEqual([
    '2 rows of the billing period of 2026-01-01 are for days after it ends, up to 2026-09-01; they count on those days',
  ]);
  expect(await totals()).toEqual(usd('30'));
});
