import {
  costOf,
  grouped,
  isTimed,
  isWhole,
  type Line,
  type Windows,
} from '../Line';
import type { Rule } from '../Rule';
import { moneyOf, shareOf } from './words';

/** What a year's commitment without payment in advance takes off at least, by the lists of the large providers. */
const usual = { low: 0.15, high: 0.35 };

/** How even it must have been. */
const evenness = 0.9;

/** A purchase for a year is worth looking into when it saves so many times the least. */
const worthwhile = 5;

const isEven = (quantity: Windows) =>
  Math.min(...quantity) >= evenness * Math.max(...quantity);

const isSteady = (line: Line) =>
  line.isShown &&
  isTimed(line) &&
  !line.isCommitted &&
  line.groupRef !== null &&
  line.days.every(isWhole) &&
  isEven(line.quantity);

/** What commitments of the same source take off its list; nothing where there are none. */
function takenOff(lines: Line[], source: string): number | undefined {
  const committed = lines.filter(
    line => line.isCommitted && line.source === source && line.cost[0] > 0,
  );
  const list = committed.reduce((total, line) => total + line.list, 0);
  return list > 0 ? 1 - costOf(committed) / list : undefined;
}

/**
 * What a group runs around the clock for three months at prices by the hour.
 * What the source's commitments take off the list is the upper end, where
 * there are any.
 */
export const uncommitted: Rule = {
  id: 'uncommitted',
  kind: 'commitment',
  effort: 'low',
  find: ({ lines, least }) =>
    [
      ...grouped(
        lines.filter(isSteady),
        ({ source, service, groupRef, currency }) =>
          `${source} ${service} ${groupRef} ${currency}`,
      ).values(),
    ].flatMap(steady => {
      const [{ service, source, currency }] = steady;
      const own = takenOff(lines, source);
      const high = Math.max(usual.low, Math.min(own ?? usual.high, 0.6));
      const cost = costOf(steady);
      if (cost * high < least * worthwhile) return [];
      return [
        {
          lines: steady,
          title: `Commit to ${service} for a year`,
          why: `${moneyOf(
            cost,
            currency,
          )} in 30 days are for what ran around the clock for three months, at prices by the hour. A commitment takes ${shareOf(
            usual.low,
          )} to ${shareOf(high)} off${
            own === undefined
              ? ''
              : `; those that are there take ${shareOf(own)} off the list`
          }. It binds for a year, used or not.`,
          low: cost * usual.low,
          high: cost * high,
          about: 'group' as const,
        },
      ];
    }),
};
