import { edgeOf, weekdayOf, type DayNumber } from './calendar';
import { median, spread } from './statistics';

/** What was spent on each of consecutive days. */
export type Series = {
  /** The first of the days. */
  from: DayNumber;
  amounts: readonly number[];
};

/** What repeats in a series, and what is left. */
export type Pattern = {
  /** By day of the week, how much of a usual day it has; 1 on a usual day. */
  week: readonly number[];
  /** By place at an end of the month, how much more it has. */
  edges: ReadonlyMap<number, number>;
  /** The series without its edges and its week: how high a usual day would be. */
  levels: readonly number[];
  /** How far levels stray from those around them. */
  noise: number;
};

const week = 7;

/** Days around a day by which its usual height is judged: whole weeks, so that each day of the week counts alike. */
function around(
  amounts: readonly number[],
  index: number,
  reach: number,
): number[] {
  const from = Math.max(
    0,
    Math.min(index - reach, amounts.length - 2 * reach - 1),
  );
  return amounts.slice(from, from + 2 * reach + 1);
}

/** How much of a usual day each day of the week has, from whole weeks, whatever single days did. */
function weekOf({ from, amounts }: Series): number[] {
  const ratios = Array.from({ length: week }, (): number[] => []);
  amounts.forEach((amount, index) => {
    if (edgeOf(from + index) !== undefined) return;
    const nearby = around(amounts, index, 3);
    const usual = nearby.reduce((sum, one) => sum + one, 0) / nearby.length;
    const middle = median(nearby);
    // A week with something odd in it says nothing of what is usual.
    if (usual > 0 && middle > 0 && Math.abs(usual / middle - 1) < 0.5) {
      ratios[weekdayOf(from + index)].push(amount / usual);
    }
  });
  const factors = ratios.map(known => (known.length >= 2 ? median(known) : 1));
  const mean = factors.reduce((sum, factor) => sum + factor, 0) / week;
  return mean > 0
    ? factors.map(factor => Math.max(0.02, factor / mean))
    : factors.map(() => 1);
}

/**
 * How much more the first and last days of months have than the days around
 * them. What came once says little; it counts when it stands out by far, as a
 * fee for the month does.
 */
function edgesOf(
  { from, amounts }: Series,
  factors: readonly number[],
): Map<number, number> {
  const plain = amounts.map(
    (amount, index) => amount / factors[weekdayOf(from + index)],
  );
  const middles = plain.map((_, index) => median(around(plain, index, week)));
  // Noise grows with what is spent: it is judged beside the height of its days.
  const heightOf = (index: number) => Math.max(Math.abs(middles[index]), 1e-9);
  const noise = spread(
    plain.flatMap((level, index) =>
      edgeOf(from + index) === undefined
        ? [(level - middles[index]) / heightOf(index)]
        : [],
    ),
  );
  const seen = new Map<number, { more: number; share: number }[]>();
  amounts.forEach((amount, index) => {
    const edge = edgeOf(from + index);
    if (edge === undefined) return;
    const more = amount - middles[index] * factors[weekdayOf(from + index)];
    const known = seen.get(edge) ?? [];
    seen.set(edge, [...known, { more, share: more / heightOf(index) }]);
  });
  return new Map(
    [...seen].flatMap(([edge, all]) => {
      const recent = all.slice(-4);
      const usually = (values: number[]) =>
        values.length > 2 ? median(values) : leastOf(values);
      const more = usually(recent.map(one => one.more));
      const share = usually(recent.map(one => one.share));
      const needed = recent.length > 1 ? 3 : 8;
      return Math.abs(share) > needed * noise && more !== 0
        ? [[edge, more] as const]
        : [];
    }),
  );
}

/** Of two what is nearer to nothing; nothing where they disagree. */
function leastOf(values: number[]): number {
  if (values.some(value => value > 0) && values.some(value => value < 0)) {
    return 0;
  }
  return values.reduce((least, value) =>
    Math.abs(value) < Math.abs(least) ? value : least,
  );
}

/** Finds what repeats by week and at the ends of months. */
export function patternOf(series: Series): Pattern {
  const { from, amounts } = series;
  const factors = weekOf(series);
  const edges = edgesOf(series, factors);
  const levels = amounts.map((amount, index) => {
    const more = edges.get(edgeOf(from + index) ?? 0) ?? 0;
    return (amount - more) / factors[weekdayOf(from + index)];
  });
  const strays = levels.map(
    (level, index) => level - median(around(levels, index, week)),
  );
  return { week: factors, edges, levels, noise: spread(strays) };
}

/** What a day would have at a level. */
export function expectedOn(
  { week: factors, edges }: Pattern,
  level: number,
  day: DayNumber,
): number {
  return level * factors[weekdayOf(day)] + (edges.get(edgeOf(day) ?? 0) ?? 0);
}
