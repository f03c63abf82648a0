import { costOf, grouped, isShown, isTelemetry } from '../Line';
import type { Rule } from '../Rule';
import { moneyOf, shareOf } from './words';

/** From which part of what something costs its logs and metrics are worth a look, and what is usual. */
const share = { much: 0.25, usual: 0.1 };

/**
 * What spends a quarter and more of its costs on logs, metrics and traces. To
 * come down to a tenth is the upper end, half the way the lower.
 */
export const loudTelemetry: Rule = {
  id: 'loud-telemetry',
  kind: 'retention',
  effort: 'medium',
  find: ({ lines, least }) =>
    [
      ...grouped(lines, ({ source, entityRef, currency }) =>
        entityRef?.startsWith('component:')
          ? `${source} ${entityRef} ${currency}`
          : null,
      ).values(),
    ].flatMap(own => {
      const loud = own.filter(isTelemetry);
      const [cost, whole] = [costOf(loud), costOf(own)];
      const high = (cost - share.usual * whole) / (1 - share.usual);
      if (!loud.some(isShown) || loud.length === own.length) return [];
      if (cost < share.much * whole || high < least) return [];
      const [{ entityRef, currency }] = own;
      const name = entityRef!.slice(entityRef!.indexOf('/') + 1);
      return [
        {
          lines: loud,
          beside: own.filter(line => !isTelemetry(line)),
          title: `Write fewer logs and metrics of ${name}`,
          why: `${shareOf(cost / whole)} of what it costs, ${moneyOf(
            cost,
            currency,
          )} in 30 days, are logs, metrics and traces. A tenth is usual. Look for a debug level that was left on, and for labels with many values.`,
          low: high / 2,
          high,
          about: 'entity' as const,
        },
      ];
    }),
};
