/** The value so far along sorted values: 0 for the least, 1 for the greatest. Not a number where there are none. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) return NaN;
  const sorted = [...values].sort((one, other) => one - other);
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.ceil(place);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}

/** The middle of values. */
export const median = (values: readonly number[]): number =>
  quantile(values, 0.5);

/** What the median absolute deviation is multiplied with to be a standard deviation where values are normal. */
const asDeviation = 1.4826;

/** How far values are from their middle, whatever a few of them are. */
export function spread(values: readonly number[]): number {
  const middle = median(values);
  return asDeviation * median(values.map(value => Math.abs(value - middle)));
}
