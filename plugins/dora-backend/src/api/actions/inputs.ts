import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';

type Register = Parameters<ActionsRegistryService['register']>[0];
/** The zod that the registry hands out. */
export type Zod = Parameters<Register['schema']['input']>[0];

/** What every question names: of what, and when. */
export const scopeFields = (z: Zod) => ({
  entityRef: z
    .string()
    .max(500)
    .optional()
    .describe(
      'A component, system, domain or group, such as group:default/ledger; the whole organisation when absent',
    ),
  from: z
    .string()
    .max(40)
    .optional()
    .describe(
      'Start: a date or an instant; 30 days before the end when absent',
    ),
  to: z
    .string()
    .max(40)
    .optional()
    .describe('End, itself not part of the period; now when absent'),
});

/** Where and by which clock. */
export const metricFields = (z: Zod) => ({
  ...scopeFields(z),
  environment: z
    .string()
    .max(100)
    .optional()
    .describe('production when absent'),
  timeZone: z
    .string()
    .max(100)
    .optional()
    .describe('An IANA name such as Europe/Berlin'),
  leadTimeClock: z
    .enum(['firstCommit', 'opened', 'merged'])
    .optional()
    .describe('Where the clock of lead time starts'),
  recoveryClock: z
    .enum(['deployment', 'incident'])
    .optional()
    .describe('Where the clock of recovery time starts'),
});

/** Which part of a long list. */
export const pageFields = (z: Zod) => ({
  limit: z.number().int().min(1).max(200).optional().describe('50 when absent'),
  offset: z.number().int().min(0).max(1_000_000).optional(),
});

/** A page of a list, each item as the API document describes it. */
export const pageOf = (z: Zod, items: string) =>
  z.object({
    items: z.array(z.record(z.string(), z.unknown())).describe(items),
    total: z.number().describe('How many there are in all'),
  });

/** The number that a list gives a deployment or incident. */
export const idField = (z: Zod) =>
  z
    .string()
    .regex(/^[0-9]{1,18}$/)
    .describe('As the lists give it');

/** Why, in a person's words. */
export const reasonField = (z: Zod) =>
  z.string().min(3).max(1000).describe('Why; it is kept with the correction');
