import {
  byResource,
  costOf,
  isShown,
  isTimed,
  isUsed,
  isWhole,
  nameOf,
} from '../Line';
import type { Rule } from '../Rule';
import { quantityOf } from './words';

/** What is less than this part of what was used before is no use. */
const little = 0.02;

/**
 * A resource that is paid for by the hour or by what it keeps, and whose
 * meters of use stood still for 30 days after they had moved. What it keeps
 * may have to stay: the lower end is its hours alone.
 */
export const stoppedUse: Rule = {
  id: 'stopped-use',
  kind: 'idle',
  effort: 'low',
  find: ({ lines, least }) =>
    byResource(lines.filter(isShown)).flatMap(all => {
      const standing = all.filter(line => !isUsed(line));
      const used = all.filter(isUsed);
      const most = used.filter(
        ({ quantity: [, before, earlier] }) => before + earlier > 0,
      );
      const stopped =
        most.length > 0 &&
        used.every(
          ({ quantity: [now, before, earlier] }) =>
            now <= little * Math.max(before, earlier),
        );
      const stands = standing.some(({ days }) => isWhole(days[0]));
      if (!stopped || !stands || costOf(standing) < least) return [];
      const [meter] = most;
      return [
        {
          lines: all,
          title: `Give back ${nameOf(all[0])}`,
          why: `It is paid for on each of the last 30 days, and nothing uses it: ${quantityOf(
            meter.quantity[0],
            meter.unit,
          )} in these days, and ${quantityOf(
            Math.max(meter.quantity[1], meter.quantity[2]),
            meter.unit,
          )} in 30 days before.`,
          low: costOf(standing.filter(isTimed)),
          high: costOf(all),
          about: 'resource',
        },
      ];
    }),
};
