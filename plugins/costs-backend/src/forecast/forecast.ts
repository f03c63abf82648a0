import type { DayNumber, Span } from './calendar';
import { expectedOn, patternOf, type Pattern, type Series } from './pattern';
import { median, quantile } from './statistics';

/** How likely it is that what comes is within the interval. */
export const coverage = 0.8;

/** Whole weeks of which charges must be known before anything is said. */
export const neededDays = 28;

/** How far back is looked: what was before says little of now. */
const memory = 180;

/** Days whose middle is the height of now: two weeks follow a change in one. */
const recent = 14;

/** What some days that come are expected to cost. */
export type Forecast = {
  expected: number;
  low: number;
  high: number;
  days: { day: DayNumber; expected: number }[];
};

const sumOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0);

function lastOf({ from, amounts }: Series, most: number): Series {
  const skipped = Math.max(0, amounts.length - most);
  return { from: from + skipped, amounts: amounts.slice(skipped) };
}

/** How much the level changes in a day, from the middles of whole weeks, whatever single weeks did. */
function slopeOf(levels: readonly number[]): number {
  const weeks = Array.from(
    { length: Math.min(8, Math.floor(levels.length / 7)) },
    (_, index) =>
      median(
        levels.slice(
          levels.length - 7 * (index + 1),
          levels.length - 7 * index,
        ),
      ),
  ).reverse();
  const slopes = weeks.flatMap((later, index) =>
    weeks
      .slice(0, index)
      .map((earlier, before) => (later - earlier) / (7 * (index - before))),
  );
  return slopes.length > 0 ? median(slopes) : 0;
}

/** The height of now: of four weeks where the last two are like them, which is steadier; of two otherwise. */
function heightOf({ levels, noise }: Pattern, slope: number) {
  const ofDays = (days: number) => {
    const some = levels.slice(-days);
    const sorted = [...some].sort((one, other) => one - other);
    const cut = Math.floor(sorted.length / 4);
    const kept = sorted.slice(cut, sorted.length - cut);
    return { level: sumOf(kept) / kept.length, days: some.length };
  };
  const [short, long] = [ofDays(recent), ofDays(2 * recent)];
  const apart = Math.abs(
    short.level - long.level - (slope * (long.days - short.days)) / 2,
  );
  return apart < noise ? long : short;
}

/** A slope goes on, but less and less: half of it is left after so many days. */
const halfLife = 60;

function pathOf(series: Series, days: number): Forecast['days'] {
  const pattern = patternOf(series);
  const slope = slopeOf(pattern.levels);
  const { level, days: judged } = heightOf(pattern, slope);
  const keep = 0.5 ** (1 / halfLife);
  const end = series.from + series.amounts.length;
  // The middle of the last days is the height of some days ago.
  let height = level + slope * (judged / 2);
  let step = slope;
  return Array.from({ length: days }, (_, index) => {
    step *= keep;
    height += step;
    return {
      day: end + index,
      expected: expectedOn(pattern, height, end + index),
    };
  });
}

/** How many earlier days are tried, to see how wrong it would have been. */
const trials = 20;

/**
 * How far off the same question was when it was asked on earlier days: of each
 * trial, the distance between what came and what was expected.
 */
function missesOf(series: Series, days: number): number[] {
  const { from, amounts } = series;
  const first = neededDays;
  const last = amounts.length - days;
  const count = Math.min(trials, last - first + 1);
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    const at =
      last - Math.round((index * (last - first)) / Math.max(1, count - 1));
    const known = lastOf({ from, amounts: amounts.slice(0, at) }, memory);
    const path = pathOf(known, days);
    return Math.abs(
      sumOf(amounts.slice(at, at + days)) -
        sumOf(path.map(({ expected }) => expected)),
    );
  });
}

/**
 * What the days after a series are expected to cost, with an interval that
 * comes from how wrong the same question was on earlier days. Pure: the same
 * series has the same forecast.
 *
 * @param until - the day before which it ends
 * @returns nothing where too few days are known to say anything
 */
export function forecast(
  series: Series,
  until: Span['to'],
): Forecast | undefined {
  const known = lastOf(series, memory);
  const days = until - (known.from + known.amounts.length);
  if (days <= 0 || known.amounts.length < neededDays) return undefined;
  const path = pathOf(known, days);
  const expected = sumOf(path.map(day => day.expected));
  const { noise, levels } = patternOf(known);
  // Where few days came after earlier ones, shorter questions stand for this one.
  const tried = Math.min(
    days,
    Math.max(7, Math.floor((known.amounts.length - neededDays) / 2)),
  );
  const misses = missesOf(known, tried);
  const independent = Math.max(
    1,
    misses.length > 0 ? (known.amounts.length - neededDays) / tried : 0,
  );
  const share = Math.min(1, coverage * (1 + 1 / independent));
  const seen = misses.length > 0 ? quantile(misses, share) * (days / tried) : 0;
  // Chance alone, and a height that is known no better than its days say.
  const chance =
    1.28 *
    noise *
    Math.sqrt(days + (days * days * 1.57) / Math.min(recent, levels.length));
  const half = Math.max(seen, chance);
  return {
    expected,
    low: expected - half,
    high: expected + half,
    days: path,
  };
}
