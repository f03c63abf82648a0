import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { measures, type Measure } from '@waymark/plugin-costs-common';

type Register = Parameters<ActionsRegistryService['register']>[0];
/** The zod that the registry hands out. */
export type Zod = Parameters<Register['schema']['input']>[0];

/** A day of UTC. */
export const dayField = (z: Zod) =>
  z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .describe('Such as 2026-03-01');

/** A currency. */
export const currencyField = (z: Zod) =>
  z
    .string()
    .regex(/^[A-Z]{3}$/)
    .describe('Such as USD');

/**
 * Which of the four costs.
 *
 * @param absent - which one is meant when none is named
 */
export const measureField = (z: Zod, absent: Measure = 'BilledCost') =>
  z
    .enum(measures)
    .optional()
    .describe(
      `BilledCost is what invoices say, EffectiveCost what was used; ${absent} when absent`,
    );

/** Which charges. */
export const filterField = (z: Zod) =>
  z
    .string()
    .min(1)
    .max(4000)
    .optional()
    .describe(
      'Such as ServiceName=Amazon EC2,group=group:default/ledger; the same name twice means one or the other',
    );

/** By what charges are told apart. */
export const groupField = (z: Zod) =>
  z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe(
      'A column of FOCUS such as ServiceName, Tags/<key>, entity, component, system, domain, group or allocation',
    );

/** Which part of a long list. */
export const pageFields = (z: Zod) => ({
  limit: z.number().int().min(1).max(200).optional().describe('50 when absent'),
  offset: z.number().int().min(0).max(1_000_000).optional(),
});

/** Things as the API document describes them. */
export const things = (z: Zod, what: string) =>
  z.array(z.record(z.string(), z.unknown())).describe(what);

/** A page of a list. */
export const pageOf = (z: Zod, items: string) =>
  z.object({
    items: things(z, items),
    total: z.number().describe('How many there are in all'),
  });

/** The id of a budget or an anomaly. */
export const idField = (z: Zod) =>
  z
    .string()
    .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    .describe('A UUID');
