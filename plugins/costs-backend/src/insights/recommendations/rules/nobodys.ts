import { byResource, costOf, isShown, isTimed, isWhole, nameOf } from '../Line';
import type { Rule } from '../Rule';

/** How far the hours of two windows may be from each other. */
const sameness = 0.01;

/**
 * A resource that nobody owns, that is charged by the hour and by nothing
 * else, for two months and always the same. Somebody may use it all the same:
 * the lower end is nothing.
 */
export const nobodys: Rule = {
  id: 'nobodys',
  kind: 'idle',
  effort: 'medium',
  find: ({ lines, least }) =>
    byResource(lines.filter(isShown)).flatMap(all => {
      const isAlike = all.every(
        line =>
          isTimed(line) &&
          isWhole(line.days[0]) &&
          isWhole(line.days[1]) &&
          Math.abs(line.quantity[0] - line.quantity[1]) <=
            sameness * line.quantity[1],
      );
      const isNobodys = all.every(({ part }) => part === 'unallocated');
      if (!isAlike || !isNobodys || costOf(all) < least) return [];
      return [
        {
          lines: all,
          title: `Find out whose ${nameOf(all[0])} is, or switch it off`,
          why: 'Nobody owns it. It is charged by the hour and by nothing that would say that it is used, on every day of two months, and always the same.',
          low: 0,
          high: costOf(all),
          about: 'resource',
        },
      ];
    }),
};
