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
  if (duration < shortest) return 0;
  // The logarithm may miss by one where a border was rounded; the borders decide.
  let bin = Math.min(
    bins,
    Math.floor(Math.log2(duration / shortest) * perDoubling) + 1,
  );
  while (bin < bins && borders[bin] <= duration) bin += 1;
  while (bin > 0 && borders[bin - 1] > duration) bin -= 1;
  return bin;
}

/** The shortest duration of a bin, in milliseconds. */
export function shortestOf(bin: number): number {
  return bin === 0 ? 0 : borders[bin - 1];
}
