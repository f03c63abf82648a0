import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { MetricsService } from '../../metrics/MetricsService';
import type { RecordsService } from '../../metrics/RecordsService';
import {
  idField,
  metricFields,
  pageFields,
  pageOf,
  scopeFields,
} from './inputs';

const harmless = { readOnly: true, destructive: false, idempotent: true };

/** Lets programs ask what people see in the pages. */
export function registerReads(
  registry: ActionsRegistryService,
  { metrics, records }: { metrics: MetricsService; records: RecordsService },
): void {
  registry.register({
    name: 'get-metrics',
    title: 'Get DORA metrics',
    description:
      'Deployment frequency, change lead time, change fail rate, failed deployment recovery time and deployment rework rate of a component, system, domain, group or the organisation, beside the period before. Durations are in seconds, shares from 0 to 1. The state none, insufficient and measured are three different things; only measured is judged.',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({
          ...metricFields(z),
          groupBy: z
            .enum([
              'day',
              'week',
              'month',
              'component',
              'system',
              'domain',
              'group',
            ])
            .optional()
            .describe('Also the metrics of each part'),
          limit: z
            .number()
            .int()
            .min(1)
            .max(2000)
            .optional()
            .describe('How many parts; all when absent'),
          offset: z.number().int().min(0).optional(),
          bands: z.enum(['targets', '2021', '2023', '2025']).optional(),
        }),
      output: z =>
        z.object({
          scope: z.record(z.string(), z.unknown()),
          period: z.record(z.string(), z.unknown()),
          definitions: z
            .record(z.string(), z.unknown())
            .describe('Every switch the numbers depend on'),
          metrics: z
            .record(z.string(), z.unknown())
            .describe(
              'Each with state, value, n, percentiles, band and previous',
            ),
          groups: z.array(z.record(z.string(), z.unknown())).optional(),
          groupsTotal: z
            .number()
            .optional()
            .describe('How many groups there are, with those left out'),
          undivided: z
            .number()
            .optional()
            .describe('How many components are in none of the groups'),
          upToDate: z.boolean(),
        }),
    },
    async action({ input, credentials }) {
      return { output: await metrics.metrics(input, { credentials }) };
    },
  });

  registry.register({
    name: 'list-metric-rows',
    title: 'List the rows of a metric',
    description:
      'The deployments or changes that a DORA metric was made of, or those that were left out, each with the reason.',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({
          metric: z.enum([
            'deploymentFrequency',
            'changeLeadTime',
            'changeFailRate',
            'failedDeploymentRecoveryTime',
            'deploymentReworkRate',
          ]),
          ...metricFields(z),
          part: z.enum(['counted', 'excluded']).optional(),
          order: z.enum(['newest', 'largest']).optional(),
          ...pageFields(z),
        }),
      output: z =>
        pageOf(z, 'Rows').extend({
          definition: z.string().describe('What the metric is, in words'),
        }),
    },
    async action({ input: { metric, ...query }, credentials }) {
      return { output: await metrics.rows(metric, query, { credentials }) };
    },
  });

  registry.register({
    name: 'get-lead-time-stages',
    title: 'Get the stages of lead time',
    description:
      'How long changes were coded, waited for review, were in review and waited for deployment, and the longest waits.',
    attributes: harmless,
    schema: {
      input: z => z.object(scopeFields(z)),
      output: z =>
        z.object({
          oneIn: z.number().describe('1 when every change was looked at'),
          stages: z.array(z.record(z.string(), z.unknown())),
          longest: z.array(z.record(z.string(), z.unknown())),
        }),
    },
    async action({ input, credentials }) {
      return { output: await metrics.stages(input, { credentials }) };
    },
  });

  registry.register({
    name: 'list-deployments',
    title: 'List deployments',
    description:
      'Deployments, newest first, with what was concluded of them: failed, recovered, rollback, revert or hotfix.',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({
          ...scopeFields(z),
          environment: z.string().max(100).optional(),
          outcome: z
            .enum(['succeeded', 'failed', 'rework', 'cancelled', 'pending'])
            .optional(),
          ...pageFields(z),
        }),
      output: z => pageOf(z, 'Deployments'),
    },
    async action({ input, credentials }) {
      return { output: await records.deployments(input, { credentials }) };
    },
  });

  registry.register({
    name: 'get-deployment',
    title: 'Get a deployment',
    description:
      'A deployment with its changes, incidents, corrections and release notes since the deployment before it.',
    attributes: harmless,
    schema: {
      input: z => z.object({ id: idField(z) }),
      output: z => z.object({ deployment: z.record(z.string(), z.unknown()) }),
    },
    async action({ input, credentials }) {
      const deployment = await records.deployment(input.id, { credentials });
      return { output: { deployment } };
    },
  });

  registry.register({
    name: 'list-incidents',
    title: 'List incidents',
    description:
      'Incidents, newest first, each with the deployment it is put down to, the evidence and how certain that is.',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({
          ...scopeFields(z),
          state: z.enum(['open', 'resolved', 'linked', 'unlinked']).optional(),
          ...pageFields(z),
        }),
      output: z => pageOf(z, 'Incidents'),
    },
    async action({ input, credentials }) {
      return { output: await records.incidents(input, { credentials }) };
    },
  });

  registry.register({
    name: 'list-environments',
    title: 'List environments',
    description:
      'The environments that something was deployed to, production first.',
    attributes: harmless,
    schema: {
      input: z => z.object({}),
      output: z => z.object({ items: z.array(z.string()) }),
    },
    async action({ credentials }) {
      return { output: await records.environments({ credentials }) };
    },
  });

  registry.register({
    name: 'list-corrections',
    title: 'List corrections',
    description:
      'Who corrected which deployment or incident, when and why, newest first.',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({ entityRef: scopeFields(z).entityRef, ...pageFields(z) }),
      output: z => pageOf(z, 'Corrections'),
    },
    async action({ input, credentials }) {
      return { output: await records.corrections(input, { credentials }) };
    },
  });
}
