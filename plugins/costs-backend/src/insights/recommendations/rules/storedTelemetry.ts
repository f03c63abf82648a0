import {
  costOf,
  isShown,
  isStored,
  isTelemetry,
  nameOf,
  type Line,
} from '../Line';
import type { Rule } from '../Rule';
import { quantityOf } from './words';

/** By how much more must be kept than two months before. */
const growth = 1.15;

const wordFor = ({ signal }: Line) =>
  signal === 'other' ? 'telemetry' : signal;

/**
 * Logs and metrics of which more is kept every month: nothing is deleted.
 * What was kept 30 to 60 days ago is what is older than about 45 days now, and
 * what was kept before that is older than about 75: what deleting either saves.
 */
export const storedTelemetry: Rule = {
  id: 'stored-telemetry',
  kind: 'retention',
  effort: 'low',
  find: ({ lines, least }) =>
    lines
      .filter(line => isShown(line) && isTelemetry(line) && isStored(line))
      .flatMap(line => {
        const [now, before, earlier] = line.quantity;
        const grows =
          earlier > 0 &&
          earlier < before &&
          before < now &&
          now >= growth * earlier;
        const high = (costOf([line]) * before) / now;
        if (!grows || high < least) return [];
        return [
          {
            lines: [line],
            title: `Delete old ${wordFor(line)} of ${nameOf(
              line,
            )} by themselves`,
            why: `More is kept every month, so nothing is deleted: ${quantityOf(
              earlier,
              line.unit,
            )}, then ${quantityOf(before, line.unit)}, now ${quantityOf(
              now,
              line.unit,
            )}. The lower end is for 75 days that are kept, the upper for 45.`,
            low: (costOf([line]) * earlier) / now,
            high,
            about: 'line' as const,
          },
        ];
      }),
};
