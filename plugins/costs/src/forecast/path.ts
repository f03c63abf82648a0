import type { Outlook } from '@waymark/plugin-costs-common';
import { length } from '../money/decimal';

/** A day of a month: what it had come to by then, or what it is expected to. */
export type PathPoint = {
  date: string;
  /** Billed until then. */
  billed?: number;
  /** Expected by then. */
  expected?: number;
  /** From where to where it is expected to be. */
  range?: [number, number];
};

/**
 * How a time adds up, day by day, to be drawn: what is billed, then what is
 * expected. The interval is that of its end; until there it widens with the
 * days.
 */
export function pathOf(outlook: Outlook): PathPoint[] {
  let total = 0;
  const { days = [], expected, low, high } = outlook;
  const billed = (outlook.billed ?? []).map(({ date, amount }): PathPoint => {
    total += length(amount);
    return { date, billed: total };
  });
  if (expected === null || low === null || high === null) return billed;
  const begin = total;
  const ahead = days.map(({ date, amount }, index): PathPoint => {
    total += length(amount);
    const share = (index + 1) / days.length;
    return {
      date,
      expected: total,
      range: [
        total - (length(expected) - length(low)) * share,
        total + (length(high) - length(expected)) * share,
      ],
    };
  });
  // Both lines meet on the last day that is billed.
  const meeting = billed.pop();
  return [
    ...billed,
    ...(meeting
      ? [
          {
            ...meeting,
            expected: begin,
            range: [begin, begin] as [number, number],
          },
        ]
      : []),
    ...ahead,
  ];
}
