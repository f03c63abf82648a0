import {
  costOf,
  grouped,
  isProduction,
  isTimed,
  isWhole,
  nameOf,
} from '../Line';
import type { Rule } from '../Rule';

/**
 * What is not production, and of the very size that production has. One size
 * below is mostly half the price; the lower end is half of that.
 */
export const besideProduction: Rule = {
  id: 'beside-production',
  kind: 'oversized',
  effort: 'medium',
  find: ({ lines, least }) =>
    [
      ...grouped(lines.filter(isTimed), line => {
        const of = line.component ?? line.entityRef;
        return of && line.sku
          ? `${line.source} ${of} ${line.sku} ${line.currency}`
          : null;
      }).values(),
    ].flatMap(alike => {
      const beside = alike.filter(isProduction);
      if (beside.length === 0) return [];
      return alike
        .filter(
          line =>
            line.isShown &&
            line.environment &&
            !isProduction(line) &&
            isWhole(line.days[0]) &&
            costOf([line]) / 2 >= least,
        )
        .map(line => ({
          lines: [line],
          beside,
          title: `Make ${nameOf(line)} smaller`,
          why: `It is of ${line.environment}, and as large as ${nameOf(
            beside[0],
          )} of production: both are charged as ${
            line.sku
          }. One size below is mostly half the price.`,
          low: costOf([line]) / 4,
          high: costOf([line]) / 2,
          about: 'line' as const,
          isReplaced: true as const,
        }));
    }),
};
