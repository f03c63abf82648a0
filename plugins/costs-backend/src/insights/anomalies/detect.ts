import { edgeOf, type DayNumber } from '../../forecast/calendar';
import { expectedOn, patternOf, type Series } from '../../forecast/pattern';
import { median, spread } from '../../forecast/statistics';

/** Consecutive days that cost far more, or far less, than was to be expected. */
export type Anomaly = {
  first: DayNumber;
  last: DayNumber;
  /** What was to be expected of these days. */
  expected: number;
  actual: number;
  /** How far the day that stands out most is from what was expected, in usual deviations. */
  score: number;
};

/** Days that must be known before one is judged. */
export const neededDays = 35;

/** Days by whose middle the height of a day is judged. */
const recent = 14;

/** Days by which it is judged how restless a series is. */
const settled = 56;

/** After so many days what was out of the ordinary is the ordinary. */
const patience = 7;

/** How many usual deviations are too many. */
const most = 5;

/** What is less than this share of what was expected is no reason to look. */
const leastShare = 0.25;

type Judged = {
  day: DayNumber;
  expected: number;
  actual: number;
  /** Above 0 for more than expected; 0 for what is ordinary. */
  score: number;
};

/** Judges each day by those before it; days that stand out do not count for later ones, unless they stay. */
function judge({ from, amounts }: Series): Judged[] {
  const pattern = patternOf({ from, amounts });
  const { levels } = pattern;
  const calm: number[] = [];
  const strays: number[] = [];
  let odd: number[] = [];
  return amounts.map((actual, index): Judged => {
    const day = from + index;
    const level = calm.length > 0 ? median(calm.slice(-recent)) : levels[index];
    const expected = expectedOn(pattern, level, day);
    // A day of the week on which little is spent may stray by more of it.
    const usual = Math.max(Math.abs(expected), Math.abs(level) * 0.25);
    const stray = usual > 0 ? (actual - expected) / usual : 0;
    const deviation = Math.max(0.02, spread(strays.slice(-settled)) || 0);
    const edge = pattern.edges.get(edgeOf(day) ?? 0) ?? 0;
    // What comes once a month is known less well.
    const leeway = usual > 0 ? (Math.abs(edge) * 0.1) / usual : 0;
    const score = stray / (deviation + leeway);
    const isOdd =
      index >= neededDays &&
      Math.abs(score) > most &&
      Math.abs(actual - expected) > leastShare * Math.abs(expected);
    if (!isOdd) {
      odd = [];
      calm.push(levels[index]);
      strays.push(stray);
      return { day, expected, actual, score: 0 };
    }
    odd.push(levels[index]);
    if (odd.length >= patience) {
      // It stays: from now on this is the height.
      calm.push(...Array.from({ length: recent }, () => median(odd)));
      odd = [];
    }
    return { day, expected, actual, score };
  });
}

/**
 * Finds what stands out of a series: not weekends, not what comes with the end
 * of a month, and not what is too little to look at. A change that stays is
 * one anomaly of its first days. Pure: the same series has the same anomalies.
 *
 * @param least - money that an anomaly must be about, at least
 */
export function detect(series: Series, least: number): Anomaly[] {
  const found: Anomaly[] = [];
  for (const { day, expected, actual, score } of judge(series)) {
    if (score === 0) continue;
    const last = found.at(-1);
    const goesOn =
      last !== undefined &&
      day - last.last <= 1 &&
      score > 0 === last.score > 0;
    if (goesOn) {
      last.last = day;
      last.expected += expected;
      last.actual += actual;
      if (Math.abs(score) > Math.abs(last.score)) last.score = score;
    } else {
      found.push({ first: day, last: day, expected, actual, score });
    }
  }
  return found.filter(
    ({ expected, actual }) => Math.abs(actual - expected) >= least,
  );
}
