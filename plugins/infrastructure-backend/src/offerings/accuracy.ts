import type {
  AccuracyRow,
  Estimate,
  EstimateError,
  EstimateSuggestion,
} from '@waymark/plugin-infrastructure-common';
import type { PriceItem } from './offering';

/** Fewer say nothing about an offering. */
export const neededResources = 3;

/** An error in the middle of so little is as good as estimates are. */
const tolerated = 0.1;

/** When use would have to be so many times what is assumed, or so small a part of it, something else is wrong. */
const implausible = 10;

const hundredth = (value: number) => Math.round(value * 100) / 100;

/** The value below which a part of all of them is. */
function quantile(sorted: number[], part: number): number {
  const at = (sorted.length - 1) * part;
  const [below, above] = [Math.floor(at), Math.ceil(at)];
  return sorted[below] + (sorted[above] - sorted[below]) * (at - below);
}

const middleOf = ({ estimate: { low, high } }: AccuracyRow) => (low + high) / 2;

/**
 * How far bills are from the middle of what was estimated.
 *
 * @returns undefined where too few can be compared
 */
export function errorOf(rows: AccuracyRow[]): EstimateError | undefined {
  const compared = rows.filter(row => middleOf(row) > 0);
  if (compared.length < neededResources) return undefined;
  const errors = compared
    .map(row => row.billed / middleOf(row) - 1)
    .sort((one, other) => one - other);
  return {
    median: hundredth(quantile(errors, 0.5)),
    low: hundredth(quantile(errors, 0.25)),
    high: hundredth(quantile(errors, 0.75)),
    within: compared.filter(
      ({ billed, estimate }) =>
        billed >= estimate.low && billed <= estimate.high,
    ).length,
  };
}

/** What a resource was billed, and what its offering's prices say of it now. */
export type Priced = { billed: number; estimate: Estimate };

/**
 * How many times what is assumed resources were used, in the middle: what bills
 * leave once all is paid that costs the same however much it is used.
 *
 * @returns undefined where use cannot explain what was billed
 */
function useOf(resources: Priced[]): number | undefined {
  const factors = resources
    .flatMap(({ billed, estimate: { lines } }) => {
      const sum = (isAssumed: boolean) =>
        lines
          .filter(({ assumption }) => (assumption !== undefined) === isAssumed)
          .reduce((total, { low, high }) => total + (low + high) / 2, 0);
      const assumed = sum(true);
      return assumed > 0 ? [(billed - sum(false)) / assumed] : [];
    })
    .sort((one, other) => one - other);
  if (factors.length < neededResources) return undefined;
  const factor = quantile(factors, 0.5);
  return factor > 1 / implausible && factor < implausible ? factor : undefined;
}

/** What to assume instead, of each line that assumes something; nothing where the error is small, or where use does not explain it. */
export function suggestionsOf(
  items: PriceItem[],
  error: EstimateError | undefined,
  resources: Priced[],
): EstimateSuggestion[] {
  if (!error || Math.abs(error.median) <= tolerated) return [];
  const factor = useOf(resources);
  if (factor === undefined) return [];
  return items.flatMap(({ title, usage }) =>
    usage
      ? [
          {
            title,
            assumption: usage.assumption,
            now: { low: usage.low, high: usage.high },
            instead: {
              low: hundredth(usage.low * factor),
              high: hundredth(usage.high * factor),
            },
          },
        ]
      : [],
  );
}
