import fc from 'fast-check';
import { dayOf, edgeOf, numberOf, weekdayOf } from '../../forecast/calendar';
import { detect } from './detect';

const monday = numberOf('2026-01-05');
const days = (count: number, amountOf: (day: number) => number) => ({
  from: monday,
  amounts: Array.from({ length: count }, (_, index) =>
    amountOf(monday + index),
  ),
});
const isWeekend = (day: number) => weekdayOf(day) % 6 === 0;
/** The same for the same day, as if by chance: from -1 to 1. */
const noise = (day: number) => Math.sin(day * 12.9898) * Math.cos(day * 78.233);
const usual = (day: number) =>
  (isWeekend(day) ? 30 : 100) * (1 + 0.05 * noise(day));

describe('what stands out', () => {
  it('is a spike of some days, with what was to be expected of them', () => {
    const first = numberOf('2026-04-08');
    const found = detect(
      days(120, day =>
        day >= first && day < first + 3 ? usual(day) * 3 : usual(day),
      ),
      20,
    );
    expect(found).toHaveLength(1);
    expect(dayOf(found[0].first)).toBe('2026-04-08');
    expect(dayOf(found[0].last)).toBe('2026-04-10');
    expect(found[0].expected / 300).toBeCloseTo(1, 1);
    expect(found[0].actual / 900).toBeCloseTo(1, 1);
    expect(found[0].score).toBeGreaterThan(5);
  });

  it('is also what falls, and a change that stays, once', () => {
    const since = monday + 80;
    const less = detect(
      days(120, day => (day >= since ? usual(day) * 0.3 : usual(day))),
      20,
    );
    expect(less).toHaveLength(1);
    expect(less[0].first).toBe(since);
    expect(less[0].score).toBeLessThan(-5);
  });

  it('is neither weekends nor the ends of months', () => {
    expect(
      detect(
        days(150, day => {
          const fee = edgeOf(day) === 1 ? 400 : 0;
          const close = edgeOf(day) === -1 ? 150 : 0;
          return usual(day) + fee + close;
        }),
        20,
      ).filter(({ first }) => first >= monday + 70),
    ).toEqual([]);
  });

  it('is nothing that is too little, nor judged too early', () => {
    const spiked = days(120, day =>
      day === monday + 100 ? usual(day) * 3 : usual(day),
    );
    expect(detect(spiked, 1000)).toEqual([]);
    expect(
      detect(
        days(30, day => (day === monday + 20 ? 900 : usual(day))),
        20,
      ),
    ).toEqual([]);
  });

  it('is found in whatever was spent, in order, apart, and about enough money', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constant(0),
            fc.double({ min: -1e5, max: 1e5, noNaN: true }),
          ),
          { maxLength: 150 },
        ),
        amounts => {
          let before = -Infinity;
          for (const one of detect({ from: monday, amounts }, 20)) {
            expect(one.first).toBeGreaterThan(before);
            expect(one.last).toBeGreaterThanOrEqual(one.first);
            expect(Math.abs(one.actual - one.expected)).toBeGreaterThanOrEqual(
              20,
            );
            before = one.last;
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is nothing in what is always the same', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), amount => {
        const found = detect(
          days(120, () => amount),
          20,
        );
        expect(found).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});
