import type { StrayChoice } from '@waymark/plugin-costs-common';
import type { FoundTotals } from './FocusReader';

/** What can become of billing periods that a file says far less of than what counts. */
export const strayChoices: StrayChoice[] = ['refuse', 'leave', 'replace'];

/** A billing period of a file with far fewer rows than what counts for it. */
export type Sliver = {
  start: string;
  /** Rows of the file. */
  rows: number;
  /** Rows that count until now. */
  counting: number;
  /** Whether the file is about another billing period, so that these rows got into it by the way. */
  isStray: boolean;
};

/** So many times fewer rows are no correction of what counts. */
const timesFewer = 10;

/**
 * Finds the billing periods that a file would all but empty. A file is about
 * the billing period of which it has most rows.
 *
 * @param counting - rows that count now, by the start of their billing periods
 */
export function sliversOf(
  totals: FoundTotals[],
  counting: Map<string, number>,
): Sliver[] {
  const rows = new Map<string, number>();
  for (const found of totals) {
    rows.set(found.start, (rows.get(found.start) ?? 0) + found.rows);
  }
  const most = Math.max(...rows.values());
  return [...rows].flatMap(([start, count]) => {
    const before = counting.get(start) ?? 0;
    return count * timesFewer < before
      ? [{ start, rows: count, counting: before, isStray: count < most }]
      : [];
  });
}

const number = (count: number) =>
  `${new Intl.NumberFormat('en').format(count)} ${
    count === 1 ? 'row' : 'rows'
  }`;

/** Says of a sliver what it is. */
export const sliverText = ({ start, rows, counting }: Sliver): string =>
  `the billing period of ${start} has ${number(
    rows,
  )} in this file, where ${number(counting)} count`;
