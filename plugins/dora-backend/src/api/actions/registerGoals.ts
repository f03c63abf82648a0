import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { GoalsService } from '../../goals/GoalsService';
import { idField, pageFields, pageOf, type Zod } from './inputs';

/** Setting decides what a team is measured by; nothing is lost by it. */
const audited = { readOnly: false, destructive: false, idempotent: true };

const dayField = (z: Zod) => z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const targetField = (z: Zod) =>
  z
    .number()
    .min(0)
    .describe('Deployments a day, seconds, or a share from 0 to 1');

const goalOf = (z: Zod) =>
  z.object({
    goal: z
      .record(z.string(), z.unknown())
      .describe('With its progress: start, now, share of the way, status'),
  });

/** Lets programs read and set goals, as people do in the pages. */
export function registerGoals(
  registry: ActionsRegistryService,
  goals: GoalsService,
): void {
  registry.register({
    name: 'list-goals',
    title: 'List goals',
    description:
      'What groups want their DORA metrics to be, and how far they have come. reached, onTrack, offTrack, insufficient and none are five different things.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .max(500)
            .optional()
            .describe('A group; all groups when absent'),
          below: z
            .boolean()
            .optional()
            .describe('Also those of the groups below it'),
          state: z.enum(['active', 'ended']).optional(),
          ...pageFields(z),
        }),
      output: z => pageOf(z, 'Goals'),
    },
    async action({ input, credentials }) {
      return { output: await goals.list(input, { credentials }) };
    },
  });

  registry.register({
    name: 'set-goal',
    title: 'Set a goal',
    description:
      'Sets what a group wants one of its DORA metrics to be. For those who lead the group or one above it.',
    attributes: { ...audited, idempotent: false },
    schema: {
      input: z =>
        z.object({
          entityRef: z.string().max(500).describe('The group'),
          metric: z.enum([
            'deploymentFrequency',
            'changeLeadTime',
            'changeFailRate',
            'failedDeploymentRecoveryTime',
            'deploymentReworkRate',
          ]),
          percentile: z
            .enum(['p50', 'p75', 'p90'])
            .optional()
            .describe('Of a duration; p50 when absent'),
          target: targetField(z),
          start: dayField(z)
            .optional()
            .describe('From when progress is counted; today when absent'),
          due: dayField(z).optional(),
          environment: z
            .string()
            .max(100)
            .optional()
            .describe('production when absent'),
        }),
      output: goalOf,
    },
    async action({ input, credentials }) {
      return { output: { goal: await goals.set(input, { credentials }) } };
    },
  });

  registry.register({
    name: 'change-goal',
    title: 'Change a goal',
    description:
      'Changes the target, the start or the due day; what is absent stays.',
    attributes: audited,
    schema: {
      input: z =>
        z.object({
          id: idField(z),
          target: targetField(z).optional(),
          start: dayField(z).optional(),
          due: dayField(z).nullable().optional().describe('null for no end'),
        }),
      output: goalOf,
    },
    async action({ input: { id, ...change }, credentials }) {
      const { goal } = await goals.change(id, change, { credentials });
      return { output: { goal } };
    },
  });

  registry.register({
    name: 'end-goal',
    title: 'End a goal',
    description: 'Ends a goal. It is kept, and nobody is told of it any more.',
    attributes: audited,
    schema: { input: z => z.object({ id: idField(z) }), output: goalOf },
    async action({ input: { id }, credentials }) {
      return { output: { goal: await goals.end(id, { credentials }) } };
    },
  });
}
