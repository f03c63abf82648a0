import type { FoundPeriod } from './FocusReader';

/** Two billing periods with days in common. */
export type Overlap = { one: FoundPeriod; other: FoundPeriod };

/** One that ends at midnight of another zone has a day of UTC in common with the next. */
const tolerated = 1;

const dayMs = 86_400_000;

function daysInCommon({ one, other }: Overlap): number {
  const start = Math.max(Date.parse(one.start), Date.parse(other.start));
  const end = Math.min(Date.parse(one.end), Date.parse(other.end));
  return (end - start) / dayMs;
}

const doOverlap = (pair: Overlap) => daysInCommon(pair) > tolerated;

/** The billing periods of a file that have days in common. */
export const overlapsWithin = (periods: FoundPeriod[]): Overlap[] =>
  periods
    .flatMap((one, index) =>
      periods.slice(index + 1).map(other => ({ one, other })),
    )
    .filter(doOverlap);

/**
 * Billing periods that have days in common with others that count, in whose
 * place they do not come.
 */
export const overlapsWith = (
  periods: FoundPeriod[],
  counting: FoundPeriod[],
): Overlap[] =>
  counting
    .filter(({ start }) => periods.every(one => one.start !== start))
    .flatMap(other => periods.map(one => ({ one, other })))
    .filter(doOverlap);

const named = ({ start, end }: FoundPeriod) => `from ${start} to ${end}`;

/** Says of two billing periods that they overlap. */
export const overlapText = ({ one, other }: Overlap): string =>
  `the billing period ${named(one)} overlaps that ${named(other)}`;
