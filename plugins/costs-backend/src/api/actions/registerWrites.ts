import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { BudgetsService } from '../../budgets/BudgetsService';
import type { AnomaliesService } from '../../insights/anomalies/AnomaliesService';
import type { RecommendationsService } from '../../insights/recommendations/RecommendationsService';
import type { UnitsService } from '../../insights/units/UnitsService';
import { dayField, idField, measureField } from './inputs';

/** Decides what people answer for; nothing is lost by it, and the same again changes nothing. */
const audited = { readOnly: false, destructive: false, idempotent: true };

/** Lets programs set budgets, and judge anomalies and recommendations, as people do in the pages. */
export function registerWrites(
  registry: ActionsRegistryService,
  services: {
    anomalies: AnomaliesService;
    budgets: BudgetsService;
    recommendations: RecommendationsService;
    units: UnitsService;
  },
): void {
  const { anomalies, budgets, recommendations, units } = services;

  registry.register({
    name: 'set-budget',
    title: 'Set or change a budget',
    description:
      'A new budget has a UUID of the caller’s making and version 0; a change names the version that was looked at. For those who lead the owner or a group above it.',
    attributes: audited,
    schema: {
      input: z =>
        z.object({
          id: idField(z),
          version: z.number().int().min(0),
          entityRef: z
            .string()
            .max(500)
            .describe('A group, system or component'),
          period: z.enum(['month', 'year']),
          currency: z.string().regex(/^[A-Z]{3}$/),
          measure: measureField(z, 'EffectiveCost'),
          amount: z.string().regex(/^\d{1,15}(\.\d{1,10})?$/),
          thresholds: z
            .array(
              z.object({
                basis: z.enum(['actual', 'forecast']),
                percent: z.number().int().min(1).max(1000),
              }),
            )
            .max(10)
            .describe('At each the owner is told once in each period'),
        }),
      output: z => z.object({ budget: z.record(z.string(), z.unknown()) }),
    },
    async action({ input: { id, ...order }, credentials }) {
      const { budget } = await budgets.put(id, order, { credentials });
      return { output: { budget } };
    },
  });

  registry.register({
    name: 'end-budget',
    title: 'End a budget',
    description: 'Ends a budget as it was at a version; it is kept.',
    attributes: audited,
    schema: {
      input: z =>
        z.object({ id: idField(z), version: z.number().int().min(1) }),
      output: z => z.object({ id: z.string() }),
    },
    async action({ input: { id, version }, credentials }) {
      await budgets.end(id, version, { credentials });
      return { output: { id } };
    },
  });

  registry.register({
    name: 'judge-anomaly',
    title: 'Explain or mute an anomaly of costs',
    description:
      'Explains an anomaly with a reason, mutes its service for its owner until a day, or opens it again. For members of the owner or of a group above it.',
    attributes: audited,
    schema: {
      input: z =>
        z.object({
          id: idField(z),
          verdict: z.enum(['open', 'explained', 'muted']),
          reason: z.string().min(1).max(1000).optional(),
          until: dayField(z).optional(),
        }),
      output: z => z.object({ anomaly: z.record(z.string(), z.unknown()) }),
    },
    async action({ input: { id, ...verdict }, credentials }) {
      const { anomaly } = await anomalies.judge(id, verdict, { credentials });
      return { output: { anomaly } };
    },
  });

  registry.register({
    name: 'judge-recommendation',
    title: 'Accept or dismiss a recommendation',
    description:
      'Accepts a recommendation, which is verified against the bills two weeks later, dismisses it with a reason, or opens it again. For members of the owner or of a group above it.',
    attributes: audited,
    schema: {
      input: z =>
        z.object({
          id: idField(z),
          verdict: z.enum(['open', 'accepted', 'dismissed']),
          reason: z.string().min(1).max(1000).optional(),
        }),
      output: z =>
        z.object({ recommendation: z.record(z.string(), z.unknown()) }),
    },
    async action({ input: { id, ...verdict }, credentials }) {
      const { recommendation } = await recommendations.judge(id, verdict, {
        credentials,
      });
      return { output: { recommendation } };
    },
  });

  registry.register({
    name: 'put-unit-values',
    title: 'Hand in the values of a metric',
    description:
      'Says how many requests, customers or the like there were on each day, so that costs can be divided by them. A day that is handed in again is replaced. For members of the owner or of a group above it.',
    attributes: audited,
    schema: {
      input: z =>
        z.object({
          unit: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
          entityRef: z.string().min(1).max(500),
          title: z.string().min(1).max(60).describe('What one is called'),
          isMean: z
            .boolean()
            .optional()
            .describe('Whether a month has the mean of its days'),
          values: z
            .array(
              z.object({
                date: dayField(z),
                value: z
                  .number()
                  .min(0)
                  .max(1e15)
                  .nullable()
                  .describe('Null takes back what was handed in'),
              }),
            )
            .min(1)
            .max(400),
        }),
      output: z => z.object({ days: z.number() }),
    },
    async action({ input: { unit, ...values }, credentials }) {
      await units.put(unit, values, { credentials });
      return { output: { days: values.values.length } };
    },
  });
}
