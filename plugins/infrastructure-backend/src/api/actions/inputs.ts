import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { RequestsService } from '../../decisions/RequestsService';
import type { ResourcesService } from '../../resources/ResourcesService';
import type { ViewsService } from '../../views/ViewsService';
import type { Writer } from '../writes';

type Register = Parameters<ActionsRegistryService['register']>[0];
/** The zod that the registry hands out. */
export type Zod = Parameters<Register['schema']['input']>[0];

/** What actions are made of: the same that the pages reach over HTTP. */
export type Services = {
  requests: RequestsService;
  resources: ResourcesService;
  views: ViewsService;
  write: Writer;
};

/** Attributes of an action that only looks. */
export const harmless = {
  readOnly: true,
  destructive: false,
  idempotent: true,
};

/** Attributes of an action that asks for something or says something. */
export const asking = {
  readOnly: false,
  destructive: false,
  idempotent: false,
};

/** The id of a request or a resource. */
export const idField = (z: Zod) =>
  z.string().uuid().describe('As the lists give it');

/** An instant, in ISO 8601. */
export const momentField = (z: Zod) => z.string().datetime({ offset: true });

/** Chosen by the caller, one for each thing to be done. */
export const keyField = (z: Zod) =>
  z
    .string()
    .min(8)
    .max(100)
    .optional()
    .describe('With the same key, a repetition has its effect once');

/** Why, for those who decide and those who look later. */
export const reasonField = (z: Zod) =>
  z.string().max(2000).optional().describe('Why; approvers read it');

/** Days until it ends by itself. */
export const daysField = (z: Zod) => z.number().int().min(1).max(365);

/** The values of an offering's form. */
export const parametersField = (z: Zod) =>
  z
    .record(z.string(), z.unknown())
    .describe('By the form that get-offering gives');

/** What a request is about, as a form holds it. */
export const wishFields = (z: Zod) => ({
  name: z.string().max(63).optional().describe('Of the new resource'),
  environment: z.string().max(63).optional(),
  owner: z
    .string()
    .max(200)
    .optional()
    .describe('A group of the caller, such as group:default/ledger'),
  component: z
    .string()
    .max(200)
    .optional()
    .describe('What uses it, such as component:default/orders'),
  dataClass: z
    .enum(['public', 'internal', 'confidential', 'restricted'])
    .optional(),
  timeToLiveDays: daysField(z)
    .optional()
    .describe('Outside production: it ends by itself after a warning'),
  reason: reasonField(z),
});

/** Which part of a long list. */
export const pageFields = (z: Zod) => ({
  limit: z.number().int().min(1).max(200).optional().describe('50 when absent'),
  offset: z.number().int().min(0).max(100_000).optional(),
});

/** A page of a list, each item as the API document describes it. */
export const pageOf = (z: Zod, items: string) =>
  z.object({
    items: z.array(z.record(z.string(), z.unknown())).describe(items),
    total: z.number().describe('How many there are in all'),
  });

/** One thing as the API document describes it. */
export const detail = (z: Zod) => z.record(z.string(), z.unknown());

/** A request after something was done to it. */
export const requestOf = (z: Zod) =>
  z.object({
    request: detail(z).describe(
      'With its state, what happens next, plan, decision, approvals and runs',
    ),
  });
