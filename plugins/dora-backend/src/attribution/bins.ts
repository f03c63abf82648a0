/**
 * Durations are sorted into bins whose borders grow by 1/64 of a doubling, so
 * that a bin is about 1 % wide whatever the duration. A percentile is found
 * by counting bins; the one row it stands for is then read from its bin, so
 * what is shown is exact.
 */
const perDoubling = 64;
const shortest = 1000;
/** Longer than 34 years all is one bin. */
const bins = 30 * perDoubling;

/** The number of the last bin: 0 is for what is shorter than all borders. */
export const lastBin = bins;

/** The lower border of every bin, in whole milliseconds. */
const borders: readonly number[] = Array.from({ length: bins }, (_, index) =>
  Math.round(shortest * 2 ** (index / perDoubling)),
);

/**
 * The bin of a duration: 0 for less than a second.
 *
 * @param duration - in milliseconds, not negative
 */
export function binOf(duration: number): number {
  let low = 0;
  let high = borders.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (borders[middle] <= duration) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The shortest duration of a bin, in milliseconds. */
export function shortestOf(bin: number): number {
  return bin === 0 ? 0 : borders[bin - 1];
}
