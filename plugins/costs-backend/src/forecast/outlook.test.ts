import type { ForecastAnswer } from '@waymark/plugin-costs-common';
import { bill } from '../__testUtils__/bill';
import { daily } from '../__testUtils__/days';
import { usePortal } from '../__testUtils__/usePortal';
import { knownOf } from './known';

const test = usePortal();

async function forecastOn(asOf: string, more = ''): Promise<ForecastAnswer> {
  const { body } = await test.portal
    .get(`/forecast?asOf=${asOf}${more}`)
    .expect(200);
  return body;
}

const tens = (before: string, days: number) =>
  daily(before, days, () => ({ BilledCost: '10.0000000001' }));

describe('what a month and a quarter come to', () => {
  it('is what is billed, exactly, and what is expected of the rest', async () => {
    await test.portal.import(bill(tens('2026-03-21', 79)));
    const { items } = await forecastOn('2026-03-21');
    expect(items).toMatchObject([
      {
        currency: 'USD',
        knownFrom: '2026-01-01',
        knownThrough: '2026-03-20',
        month: {
          from: '2026-03-01',
          to: '2026-04-01',
          state: 'forecast',
          known: '200.000000002',
          expected: '310.000000002',
          coverage: 0.8,
        },
        quarter: { from: '2026-01-01', to: '2026-04-01', state: 'forecast' },
      },
    ]);
    const [{ month }] = items;
    expect(month.billed).toHaveLength(20);
    expect(month.days).toHaveLength(11);
    expect(month.days?.[0]).toEqual({ date: '2026-03-21', amount: '10.00' });
  });

  it('is no number while too little is known', async () => {
    await test.portal.import(bill(tens('2026-03-11', 10)));
    const [{ month, quarter }] = (await forecastOn('2026-03-11')).items;
    expect(month).toMatchObject({
      state: 'insufficient',
      reason: '10 days are known, and 28 are needed',
      known: '100.000000001',
      expected: null,
      low: null,
      high: null,
    });
    expect(quarter.state).toBe('insufficient');
    expect((await forecastOn('2026-03-01')).items).toEqual([]);
  });

  it('is complete when it is over', async () => {
    await test.portal.import(bill(tens('2026-04-01', 90)));
    const [{ month, quarter }] = (await forecastOn('2026-03-31')).items;
    expect(month.state).toBe('forecast');
    expect(quarter.state).toBe('forecast');
    const [{ month: next }] = (await forecastOn('2026-04-01')).items;
    expect(next).toMatchObject({ state: 'forecast', known: '0' });
    expect(next.expected).toBe('300');
  });

  it('knows that a day of which one source has not told is no day without costs', async () => {
    await test.portal.import(bill(tens('2026-03-21', 60)));
    await test.portal.import(bill(tens('2026-03-19', 58)), {
      source: 'azure',
    });
    const [{ knownThrough, month }] = (await forecastOn('2026-03-21')).items;
    expect(knownThrough).toBe('2026-03-18');
    expect(month.known).toBe('360.0000000036');
    // A source that ended some time ago holds nobody up.
    const known = knownOf(
      [
        { source: 'old', currency: 'USD', day: '2026-02-01', amount: '1' },
        { source: 'aws', currency: 'USD', day: '2026-03-19', amount: '1' },
      ],
      new Map([
        ['old', '2026-02-01'],
        ['aws', '2026-03-20'],
      ]),
      '2026-03-21',
    );
    expect(known.get('USD')).toMatchObject({
      through: Date.UTC(2026, 2, 20) / 86_400_000,
    });
  });

  it('is of what is asked for, and of one’s own groups', async () => {
    await test.portal.import(bill(tens('2026-03-21', 60)));
    expect(
      (await forecastOn('2026-03-21', '&filter=ServiceName=None')).items,
    ).toEqual([]);
    test.denied.add('costs.organisation.read');
    expect((await forecastOn('2026-03-21')).items).toEqual([]);
    test.denied.add('costs.read');
    await test.portal.get('/forecast').expect(403);
  });

  it.each([
    ['asOf=2026-02-30', /asOf: there is no day/],
    ['asOf=0001-01-01', /asOf: 0001-01-01 is before 2000-01-01/],
    ['asOf=yesterday', /asOf/],
    ['filter=RegionId', /no condition/],
    ['measure=Costs', /measure/],
  ])('says what is wrong with %s', async (query, message) => {
    const { body } = await test.portal.get(`/forecast?${query}`).expect(400);
    expect(body.error.message).toMatch(message);
  });
});
