import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { auditActions } from '@waymark/plugin-infrastructure-common';
import {
  detail,
  harmless,
  idField,
  momentField,
  pageFields,
  pageOf,
  parametersField,
  wishFields,
  type Services,
} from './inputs';

const requestStates = [
  'prechecked',
  'planning',
  'evaluated',
  'denied',
  'pendingApproval',
  'approved',
  'queued',
  'applying',
  'reconciling',
  'done',
  'failed',
  'interrupted',
  'rejected',
  'expired',
  'cancelled',
] as const;

const resourceStates = [
  'requested',
  'provisioning',
  'ready',
  'drifted',
  'changing',
  'destroying',
  'destroyed',
  'failed',
  'interrupted',
  'withdrawn',
] as const;

/** Lets programs look at what people see in the pages. */
export function registerReads(
  registry: ActionsRegistryService,
  { requests, resources, views }: Services,
): void {
  registry.register({
    name: 'list-offerings',
    title: 'List offerings',
    description:
      'What infrastructure can be asked for: environments, price a month in US dollars, promised and measured time.',
    attributes: harmless,
    schema: {
      input: z => z.object({}),
      output: z =>
        z.object({
          items: z.array(detail(z)),
          problems: z
            .array(detail(z))
            .describe('Offerings that could not be read, and why'),
        }),
    },
    async action({ credentials }) {
      return { output: await views.offerings({ credentials }) };
    },
  });

  registry.register({
    name: 'get-offering',
    title: 'Get an offering',
    description:
      'One offering: when to use it and when not, its form as JSON Schema, its outputs, documentation and troubleshooting.',
    attributes: harmless,
    schema: {
      input: z => z.object({ name: z.string().max(63) }),
      output: z => z.object({ offering: detail(z) }),
    },
    async action({ input: { name }, credentials }) {
      return {
        output: { offering: await views.offering(name, { credentials }) },
      };
    },
  });

  registry.register({
    name: 'get-estimate-accuracy',
    title: 'Get how right the estimates of an offering were',
    description:
      'What its resources were estimated at beside what they were billed in the last month, how far off that is in the middle, and what to assume instead. Of resources whose costs the caller sees.',
    attributes: harmless,
    schema: {
      input: z => z.object({ name: z.string().max(63) }),
      output: z => z.object({ accuracy: detail(z) }),
    },
    async action({ input: { name }, credentials }) {
      return {
        output: { accuracy: await views.accuracy(name, { credentials }) },
      };
    },
  });

  registry.register({
    name: 'estimate-request',
    title: 'Estimate a request',
    description:
      'What would become of a request: what it costs a month, what quota and budget are left, what policy says and who would have to approve. Nothing is kept. Values may be incomplete: problems says what is missing.',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({
          offering: z.string().max(63),
          parameters: parametersField(z),
          resourceId: idField(z)
            .optional()
            .describe('The resource to change; without it a new one'),
          ...wishFields(z),
        }),
      output: z =>
        z.object({
          problems: z.array(detail(z)),
          decision: detail(z).optional(),
          hints: z
            .array(detail(z))
            .optional()
            .describe('How its size compares with what the team runs'),
        }),
    },
    async action({ input: { offering, ...wish }, credentials }) {
      return {
        output: await requests.preview(offering, wish, { credentials }),
      };
    },
  });

  registry.register({
    name: 'list-requests',
    title: 'List requests',
    description:
      'Requests for infrastructure, newest first; those of the caller (mine) or those that wait for the caller (approvals).',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({
          view: z.enum(['all', 'mine', 'approvals']).optional(),
          state: z.array(z.enum(requestStates)).optional(),
          owner: z.string().max(200).optional(),
          resource: idField(z).optional(),
          ...pageFields(z),
        }),
      output: z => pageOf(z, 'Requests'),
    },
    async action({ input, credentials }) {
      return { output: await views.requests(input, { credentials }) };
    },
  });

  registry.register({
    name: 'get-request',
    title: 'Get a request',
    description:
      'A request with its state, what happens next and who must act, its plan, decision, approvals, runs and history.',
    attributes: harmless,
    schema: {
      input: z => z.object({ id: idField(z) }),
      output: z => z.object({ request: detail(z) }),
    },
    async action({ input: { id }, credentials }) {
      return { output: { request: await views.request(id, { credentials }) } };
    },
  });

  registry.register({
    name: 'get-request-log',
    title: 'Get the log of a request',
    description: 'What the runs of a request wrote, secrets left out.',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({
          id: idField(z),
          after: z
            .number()
            .int()
            .min(0)
            .optional()
            .describe('Only lines after this number'),
        }),
      output: z =>
        z.object({
          lines: z.array(detail(z)),
          more: z.boolean().describe('Whether more are there or may come'),
        }),
    },
    async action({ input: { id, after = 0 }, credentials }) {
      return { output: await views.log(id, after, { credentials }) };
    },
  });

  registry.register({
    name: 'list-resources',
    title: 'List resources',
    description:
      'Infrastructure that is there, newest first, with its state and estimated cost a month.',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({
          owner: z.string().max(200).optional(),
          component: z.string().max(200).optional(),
          environment: z.string().max(63).optional(),
          offering: z.string().max(63).optional(),
          state: z.array(z.enum(resourceStates)).optional(),
          ...pageFields(z),
        }),
      output: z => pageOf(z, 'Resources'),
    },
    async action({ input, credentials }) {
      return { output: await views.resources(input, { credentials }) };
    },
  });

  registry.register({
    name: 'get-resource',
    title: 'Get a resource',
    description:
      'A resource with its configuration, addresses, tags, drift and requests. Secrets are named and never given: a person of the owning group reveals them in the portal.',
    attributes: harmless,
    schema: {
      input: z => z.object({ id: idField(z) }),
      output: z => z.object({ resource: detail(z) }),
    },
    async action({ input: { id }, credentials }) {
      return {
        output: { resource: await views.resource(id, { credentials }) },
      };
    },
  });

  registry.register({
    name: 'get-allowances',
    title: 'Get quotas and budget',
    description: 'What a group may use and spend, and what of it is taken.',
    attributes: harmless,
    schema: {
      input: z => z.object({ owner: z.string().max(200) }),
      output: z => z.object({ allowances: detail(z) }),
    },
    async action({ input: { owner }, credentials }) {
      return {
        output: {
          allowances: await resources.allowances(owner, { credentials }),
        },
      };
    },
  });

  registry.register({
    name: 'search-orphans',
    title: 'Search for orphans',
    description:
      'What carries the mark of the portal and has no living record, and records of what is gone; for those who keep the platform. Asks the engines.',
    attributes: harmless,
    schema: {
      input: z => z.object({}),
      output: z =>
        z.object({
          orphans: z.array(detail(z)),
          gone: z.array(detail(z)),
          searched: z
            .array(detail(z))
            .describe('Where was looked, and where that was not possible'),
        }),
    },
    async action({ credentials }) {
      return { output: await views.orphans({ credentials }) };
    },
  });

  registry.register({
    name: 'list-audit',
    title: 'List the audit trail',
    description:
      'Everything that was done, oldest first, chained by hashes; for those who keep the platform.',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({
          request: idField(z).optional(),
          resource: idField(z).optional(),
          action: z.enum(auditActions).optional(),
          by: z
            .string()
            .min(1)
            .max(200)
            .optional()
            .describe('Entity reference of who did it'),
          from: momentField(z)
            .optional()
            .describe('Only of what was done then or later'),
          to: momentField(z)
            .optional()
            .describe('Only of what was done before'),
          after: z
            .number()
            .int()
            .min(0)
            .optional()
            .describe('Only entries after this number'),
          limit: z.number().int().min(1).max(200).optional(),
        }),
      output: z => z.object({ items: z.array(detail(z)), more: z.boolean() }),
    },
    async action({ input, credentials }) {
      return { output: await views.audit(input, { credentials }) };
    },
  });
}
