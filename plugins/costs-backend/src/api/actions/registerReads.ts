import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { BudgetsService } from '../../budgets/BudgetsService';
import type { ForecastService } from '../../forecast/ForecastService';
import type { AnomaliesService } from '../../insights/anomalies/AnomaliesService';
import type { ChangesService } from '../../insights/changes/ChangesService';
import type { RecommendationsService } from '../../insights/recommendations/RecommendationsService';
import type { TotalsService } from '../../insights/TotalsService';
import type { UnitsService } from '../../insights/units/UnitsService';
import {
  currencyField,
  dayField,
  filterField,
  groupField,
  idField,
  measureField,
  pageFields,
  pageOf,
  things,
} from './inputs';

const harmless = { readOnly: true, destructive: false, idempotent: true };

/** Lets programs ask what people see in the pages. */
export function registerReads(
  registry: ActionsRegistryService,
  services: {
    anomalies: AnomaliesService;
    budgets: BudgetsService;
    changes: ChangesService;
    forecast: ForecastService;
    recommendations: RecommendationsService;
    totals: TotalsService;
    units: UnitsService;
  },
): void {
  const {
    anomalies,
    budgets,
    changes,
    forecast,
    recommendations,
    totals,
    units,
  } = services;

  registry.register({
    name: 'get-totals',
    title: 'Get what was spent',
    description:
      'What was spent in a time, in groups with the largest first. Amounts are exact decimal numbers as text, and currencies stay apart. Who may not read the whole organisation gets what is allocated to their own groups.',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({
          from: dayField(z),
          to: dayField(z).describe('The day after the last'),
          measure: measureField(z),
          groupBy: groupField(z),
          filter: filterField(z),
          interval: z.enum(['day', 'month']).optional(),
          limit: z.number().int().min(1).max(1000).optional(),
          currency: currencyField(z)
            .optional()
            .describe(
              'Converts into this currency by the exchange rate of each day; what no rate holds for stays in its own',
            ),
        }),
      output: z =>
        z.object({
          conversion: z
            .record(z.string(), z.unknown())
            .optional()
            .describe('By which rates, and what could not be converted'),
          totals: things(z, 'The sum of items and others, by currency'),
          items: things(z, 'The groups'),
          others: things(z, 'What is beyond the limit'),
        }),
    },
    async action({ input, credentials }) {
      const answer = await totals.totals(input, { credentials });
      return {
        output: {
          conversion: answer.conversion,
          totals: answer.totals,
          items: answer.items,
          others: answer.others,
        },
      };
    },
  });

  registry.register({
    name: 'list-unallocated',
    title: 'List why charges are nobody’s',
    description:
      'The largest reasons why charges are allocated to nobody: a name that a rule looked for and nobody has, an entity that a rule names and that is gone, or null where no rule is about it. For those who read the whole organisation.',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({
          from: dayField(z),
          to: dayField(z).describe('The day after the last'),
          measure: measureField(z),
          limit: z.number().int().min(1).max(200).optional(),
        }),
      output: z => z.object({ items: things(z, 'The largest first') }),
    },
    async action({ input, credentials }) {
      const { items } = await totals.unallocated(input, { credentials });
      return { output: { items } };
    },
  });

  registry.register({
    name: 'get-changes',
    title: 'Get why costs changed',
    description:
      'Compares two times by group, what moved most first. The parts of each change add up to it exactly: new, gone, quantity, price, and other, of which bills count no quantity.',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({
          from: dayField(z),
          to: dayField(z).describe('The day after the last'),
          beforeFrom: dayField(z).describe('What it is compared with'),
          beforeTo: dayField(z).describe('Not after from'),
          measure: measureField(z),
          groupBy: groupField(z).describe('entity when absent'),
          filter: filterField(z),
          limit: z.number().int().min(1).max(200).optional(),
        }),
      output: z =>
        z.object({
          totals: things(z, 'The sum of items and others, by currency'),
          items: things(z, 'The groups, with before, now and parts'),
          others: things(z, 'What is beyond the limit'),
        }),
    },
    async action({ input, credentials }) {
      const answer = await changes.changes(input, { credentials });
      return {
        output: {
          totals: answer.totals,
          items: answer.items,
          others: answer.others,
        },
      };
    },
  });

  registry.register({
    name: 'get-forecast',
    title: 'Get what a month and a quarter will come to',
    description:
      'By currency, with an interval within which four of five such forecasts end. The states forecast, insufficient and complete are three different things; insufficient has no number.',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({ measure: measureField(z), filter: filterField(z) }),
      output: z => z.object({ items: things(z, 'By currency') }),
    },
    async action({ input, credentials }) {
      const { items } = await forecast.forecast(input, { credentials });
      return { output: { items } };
    },
  });

  registry.register({
    name: 'list-budgets',
    title: 'List budgets',
    description:
      'What groups, systems and components may spend, with what is spent, what is left and what is expected. within, atRisk, over and unknown are four different things.',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .max(500)
            .optional()
            .describe('Of one group, system or component'),
          ...pageFields(z),
        }),
      output: z => pageOf(z, 'Budgets'),
    },
    async action({ input, credentials }) {
      const { items, total } = await budgets.list(input, { credentials });
      return { output: { items, total } };
    },
  });

  registry.register({
    name: 'list-anomalies',
    title: 'List anomalies of costs',
    description:
      'Days on which a service cost its owner far more, or far less, than was to be expected, newest first.',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .max(500)
            .optional()
            .describe('Of a group and those below it'),
          verdict: z.enum(['open', 'explained', 'muted']).optional(),
          ...pageFields(z),
        }),
      output: z => pageOf(z, 'Anomalies'),
    },
    async action({ input, credentials }) {
      return { output: await anomalies.list(input, { credentials }) };
    },
  });

  registry.register({
    name: 'get-anomaly',
    title: 'Get an anomaly of costs with its causes',
    description:
      'An anomaly with the days around it and the resources and meters that moved most.',
    attributes: harmless,
    schema: {
      input: z => z.object({ id: idField(z) }),
      output: z => z.object({ anomaly: z.record(z.string(), z.unknown()) }),
    },
    async action({ input, credentials }) {
      const anomaly = await anomalies.find(input.id, { credentials });
      return { output: { anomaly } };
    },
  });

  registry.register({
    name: 'list-recommendations',
    title: 'List what could cost less',
    description:
      'What could be saved in 30 days, as a range, the largest first, with why, the owner, the effort and where something is done about it. open, withheld, accepted, dismissed and verified are five different things.',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .max(500)
            .optional()
            .describe(
              'Of a group and those below it, a domain, a system, a component or a resource',
            ),
          state: z
            .enum(['open', 'withheld', 'accepted', 'dismissed', 'verified'])
            .optional(),
          kind: z
            .enum([
              'idle',
              'oversized',
              'unattached',
              'commitment',
              'generation',
              'retention',
            ])
            .optional(),
          ...pageFields(z),
        }),
      output: z =>
        pageOf(z, 'Recommendations').extend({
          savings: things(z, 'What all of them could save, by currency'),
        }),
    },
    async action({ input, credentials }) {
      return { output: await recommendations.list(input, { credentials }) };
    },
  });

  registry.register({
    name: 'get-recommendation',
    title: 'Get a recommendation with its evidence',
    description:
      'A recommendation with the resources and meters that it rests on.',
    attributes: harmless,
    schema: {
      input: z => z.object({ id: idField(z) }),
      output: z =>
        z.object({ recommendation: z.record(z.string(), z.unknown()) }),
    },
    async action({ input, credentials }) {
      const recommendation = await recommendations.find(input.id, {
        credentials,
      });
      return { output: { recommendation } };
    },
  });

  registry.register({
    name: 'get-unit-costs',
    title: 'Get what a deployment, a request or a customer costs',
    description:
      'What a component, a system or a group costs by month, divided by its deployments to production and by every metric that was handed in for it. Null is not 0: nothing is known, or the month is not billed to its end.',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({
          entityRef: z.string().min(1).max(500),
          measure: measureField(z, 'EffectiveCost'),
          months: z.number().int().min(1).max(24).optional(),
        }),
      output: z => z.object({ units: things(z, 'Deployments first') }),
    },
    async action({ input, credentials }) {
      const answer = await units.costs(input, { credentials });
      return { output: { units: answer.units } };
    },
  });
}
