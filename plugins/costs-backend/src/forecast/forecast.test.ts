import fc from 'fast-check';
import {
  dayOf,
  edgeOf,
  monthOf,
  numberOf,
  quarterOf,
  weekdayOf,
} from './calendar';
import { forecast, neededDays } from './forecast';
import { patternOf } from './pattern';

/** A Monday. */
const monday = numberOf('2026-01-05');

/** Days with a height each. */
const days = (count: number, amountOf: (day: number) => number) => ({
  from: monday,
  amounts: Array.from({ length: count }, (_, index) =>
    amountOf(monday + index),
  ),
});

const isWeekend = (day: number) => weekdayOf(day) % 6 === 0;
const end = ({ from, amounts }: ReturnType<typeof days>) =>
  from + amounts.length;

describe('the calendar', () => {
  it('knows days, months, quarters and their ends', () => {
    expect(dayOf(numberOf('2028-02-29'))).toBe('2028-02-29');
    expect(weekdayOf(monday)).toBe(1);
    const { from, to } = monthOf(numberOf('2028-02-10'));
    expect([dayOf(from), dayOf(to)]).toEqual(['2028-02-01', '2028-03-01']);
    const quarter = quarterOf(numberOf('2026-11-30'));
    expect([dayOf(quarter.from), dayOf(quarter.to)]).toEqual([
      '2026-10-01',
      '2027-01-01',
    ]);
    expect(
      [
        '2028-02-01',
        '2028-02-03',
        '2028-02-04',
        '2028-02-27',
        '2028-02-29',
      ].map(day => edgeOf(numberOf(day))),
    ).toEqual([1, 3, undefined, -3, -1]);
  });
});

describe('what repeats', () => {
  it('is found by week', () => {
    const { week } = patternOf(days(84, day => (isWeekend(day) ? 20 : 100)));
    expect(week[3] / week[6]).toBeCloseTo(5, 1);
  });

  it('is found at the ends of months, and not for what happened once', () => {
    const { edges } = patternOf(
      days(150, day => {
        if (edgeOf(day) === 1) return 900;
        return dayOf(day) === '2026-03-31' ? 130 : 100;
      }),
    );
    expect([...edges.keys()]).toEqual([1]);
    expect(edges.get(1)).toBeCloseTo(800, 0);
  });
});

describe('a forecast', () => {
  it('says nothing of too little, and nothing of what is over', () => {
    const short = days(neededDays - 1, () => 10);
    expect(forecast(short, end(short) + 10)).toBeUndefined();
    const enough = days(neededDays, () => 10);
    expect(forecast(enough, end(enough) + 10)?.expected).toBeCloseTo(100);
    expect(forecast(enough, end(enough))).toBeUndefined();
  });

  it('knows weekends, and the fee of the first', () => {
    const series = days(100, day => {
      const fee = edgeOf(day) === 1 ? 500 : 0;
      return (isWeekend(day) ? 20 : 100) + fee;
    });
    // From 15 April to the end of the quarter: two firsts, 54 working days, 23 of weekends.
    const found = forecast(series, numberOf('2026-07-01'))!;
    expect(dayOf(end(series))).toBe('2026-04-15');
    const came = found.days.reduce(
      (sum, { day }) =>
        sum + (isWeekend(day) ? 20 : 100) + (edgeOf(day) === 1 ? 500 : 0),
      0,
    );
    expect(found.expected / came).toBeCloseTo(1, 1);
    expect(found.low).toBeLessThanOrEqual(came);
    expect(found.high).toBeGreaterThanOrEqual(came);
  });

  it('is not moved by a single day, and follows a change that stays', () => {
    const spiked = days(90, day => (day === monday + 80 ? 5000 : 100));
    expect(forecast(spiked, end(spiked) + 10)?.expected).toBeCloseTo(1000, 0);
    const shifted = days(90, day => (day >= monday + 74 ? 200 : 100));
    const { expected } = forecast(shifted, end(shifted) + 10)!;
    expect(expected).toBeGreaterThan(1800);
  });

  const anySeries = fc
    .array(
      fc.double({ min: -1e6, max: 1e6, noNaN: true, noDefaultInfinity: true }),
      { minLength: neededDays, maxLength: 200 },
    )
    .map(amounts => ({ from: monday, amounts }));
  const ahead = fc.integer({ min: 1, max: 92 });

  it('is a number within its interval for whatever was spent', () => {
    fc.assert(
      fc.property(anySeries, ahead, (series, more) => {
        const found = forecast(series, end(series) + more)!;
        expect(found.days).toHaveLength(more);
        for (const value of [found.expected, found.low, found.high]) {
          expect(Number.isFinite(value)).toBe(true);
        }
        expect(found.low).toBeLessThanOrEqual(found.expected);
        expect(found.high).toBeGreaterThanOrEqual(found.expected);
        const sum = found.days.reduce((total, day) => total + day.expected, 0);
        expect(sum).toBeCloseTo(found.expected, 3);
      }),
      { numRuns: 60 },
    );
  });

  it('is the same in another currency: what costs so many times as much is expected to', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), {
          minLength: 60,
          maxLength: 120,
        }),
        fc.constantFrom(0.25, 4, 1024),
        (amounts, times) => {
          const series = { from: monday, amounts };
          const other = {
            from: monday,
            amounts: amounts.map(amount => amount * times),
          };
          const found = forecast(series, end(series) + 20)!;
          const scaled = forecast(other, end(series) + 20)!;
          for (const name of ['expected', 'low', 'high'] as const) {
            expect(scaled[name] / times).toBeCloseTo(found[name], 4);
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  it('of what is always the same is that, with hardly an interval', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 1e5, noNaN: true }),
        ahead,
        (amount, more) => {
          const series = days(90, () => amount);
          const found = forecast(series, end(series) + more)!;
          expect(found.expected / (amount * more)).toBeCloseTo(1, 6);
          expect((found.high - found.low) / found.expected).toBeLessThan(0.001);
        },
      ),
      { numRuns: 20 },
    );
  });
});
