import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { GuardrailServices } from '../guardrails';
import { momentField } from './inputs';

type Register = Parameters<ActionsRegistryService['register']>[0];
type Zod = Parameters<Register['schema']['input']>[0];

const reading = { readOnly: true, destructive: false, idempotent: true };
/** Written into the audit trail, and nothing is lost by it. */
const audited = { readOnly: false, destructive: false, idempotent: false };

const id = (z: Zod) => z.string().uuid();
const day = (z: Zod) => z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const record = (z: Zod) => z.record(z.string(), z.unknown());
const pages = (z: Zod) => ({
  limit: z.number().int().min(1).max(200).optional(),
  offset: z.number().int().min(0).max(100_000).optional(),
});
const exceptionOf = (z: Zod) => z.object({ exception: record(z) });
const delegationOf = (z: Zod) => z.object({ delegation: record(z) });

function registerExceptions(
  registry: ActionsRegistryService,
  { exceptions }: GuardrailServices,
): void {
  registry.register({
    name: 'list-exceptions',
    title: 'List exceptions',
    description:
      'Exceptions from rules, newest first: for what, until when, who asked and who decided.',
    attributes: reading,
    schema: {
      input: z =>
        z.object({
          state: z
            .array(
              z.enum([
                'pending',
                'granted',
                'refused',
                'withdrawn',
                'revoked',
                'expired',
              ]),
            )
            .optional(),
          rule: z.string().max(100).optional(),
          owner: z.string().max(200).optional().describe('A group'),
          request: id(z).optional(),
          resource: id(z).optional(),
          ...pages(z),
        }),
      output: z => z.object({ items: z.array(record(z)), total: z.number() }),
    },
    async action({ input, credentials }) {
      return { output: await exceptions.list(input, { credentials }) };
    },
  });

  registry.register({
    name: 'ask-exception',
    title: 'Ask for an exception',
    description:
      'Asks that a rule be let be until a day, for a request that it denied or a resource that violates it. The platform team decides.',
    attributes: audited,
    schema: {
      input: z =>
        z.object({
          rule: z.string().max(100),
          reason: z.string().min(10).max(2000),
          until: day(z),
          request: id(z).optional(),
          resource: id(z).optional(),
        }),
      output: exceptionOf,
    },
    async action({ input, credentials }) {
      const asked = await exceptions.ask(input, { credentials });
      const exception = await exceptions.get(asked, { credentials });
      return { output: { exception } };
    },
  });

  registry.register({
    name: 'decide-exception',
    title: 'Grant or refuse an exception',
    description: 'For the platform team, and never for who asked.',
    attributes: audited,
    schema: {
      input: z =>
        z.object({
          id: id(z),
          verdict: z.enum(['grant', 'refuse']),
          until: day(z).optional().describe('A sooner day than was asked for'),
          comment: z.string().max(2000).optional(),
        }),
      output: exceptionOf,
    },
    async action({ input: { id: which, ...said }, credentials }) {
      await exceptions.decide(which, said, { credentials });
      const exception = await exceptions.get(which, { credentials });
      return { output: { exception } };
    },
  });

  registry.register({
    name: 'end-exception',
    title: 'End an exception',
    description:
      'Takes back one that was asked for, or ends one that holds. The rule holds again at once.',
    attributes: audited,
    schema: { input: z => z.object({ id: id(z) }), output: exceptionOf },
    async action({ input, credentials }) {
      await exceptions.end(input.id, { credentials });
      const exception = await exceptions.get(input.id, { credentials });
      return { output: { exception } };
    },
  });
}

function registerReports(
  registry: ActionsRegistryService,
  { audit, compliance, replay }: GuardrailServices,
): void {
  registry.register({
    name: 'get-compliance',
    title: 'Get the compliance report',
    description:
      'Every resource by every rule, now or as of a moment. complies, violates, warns, excepted and notJudged are five different things.',
    attributes: reading,
    schema: {
      input: z =>
        z.object({
          at: momentField(z).optional().describe('Now when absent'),
          owner: z.string().max(200).optional(),
          environment: z.string().max(63).optional(),
          rule: z.string().max(100).optional(),
          resource: id(z).optional(),
          finding: z
            .array(
              z.enum([
                'complies',
                'violates',
                'excepted',
                'warns',
                'notJudged',
              ]),
            )
            .optional(),
          ...pages(z),
        }),
      output: z =>
        z.object({
          at: z.string(),
          items: z.array(record(z)),
          total: z.number(),
          findings: record(z),
          rules: z.array(record(z)),
        }),
    },
    async action({ input, credentials }) {
      return { output: await compliance.report(input, { credentials }) };
    },
  });

  registry.register({
    name: 'get-judgement',
    title: 'Get the evidence of a judgement',
    description:
      'What a resource was judged by, and what every rule found of it.',
    attributes: reading,
    schema: {
      input: z => z.object({ id: id(z) }),
      output: z => z.object({ judgement: record(z) }),
    },
    async action({ input, credentials }) {
      const judgement = await compliance.judgement(input.id, { credentials });
      return { output: { judgement } };
    },
  });

  registry.register({
    name: 'replay-request',
    title: 'Replay the decisions on a request',
    description:
      'What the rules of today would say of them. Nothing is changed by it.',
    attributes: reading,
    schema: {
      input: z => z.object({ id: id(z) }),
      output: z => z.object({ items: z.array(record(z)) }),
    },
    async action({ input, credentials }) {
      const items = await replay.ofRequest(input.id, { credentials });
      return { output: { items } };
    },
  });

  registry.register({
    name: 'replay-decisions',
    title: 'Replay the decisions of a period',
    description:
      'Those that would differ under the rules of today, a part at a time; ask again with next as after.',
    attributes: reading,
    schema: {
      input: z =>
        z.object({
          from: momentField(z),
          to: momentField(z).optional(),
          after: z.number().int().min(0).optional(),
          limit: z.number().int().min(1).max(200).optional(),
        }),
      output: z =>
        z.object({
          items: z.array(record(z)),
          replayed: z.number(),
          next: z.number().optional(),
        }),
    },
    async action({ input, credentials }) {
      return { output: await replay.ofPeriod(input, { credentials }) };
    },
  });

  registry.register({
    name: 'verify-audit',
    title: 'Verify the audit trail',
    description: 'Whether the chain of hashes is whole, and its last hash.',
    attributes: reading,
    schema: {
      input: z => z.object({}),
      output: z =>
        z.object({
          entries: z.number(),
          whole: z.boolean(),
          brokenAt: z.number().optional(),
          lastHash: z.string(),
        }),
    },
    async action({ credentials }) {
      return { output: await audit.verify({ credentials }) };
    },
  });
}

function registerDelegations(
  registry: ActionsRegistryService,
  { delegations }: GuardrailServices,
): void {
  registry.register({
    name: 'list-delegations',
    title: 'List stand-ins',
    description: 'Who approves in whose place, and until when.',
    attributes: reading,
    schema: {
      input: z => z.object({}),
      output: z => z.object({ items: z.array(record(z)) }),
    },
    async action({ credentials }) {
      return { output: { items: await delegations.list({ credentials }) } };
    },
  });

  registry.register({
    name: 'delegate-approvals',
    title: 'Name a stand-in',
    description: 'Names somebody who approves in the caller’s place.',
    attributes: audited,
    schema: {
      input: z =>
        z.object({
          to: z.string().regex(/^user:[^/]+\/[^/]+$/),
          from: day(z),
          until: day(z),
          reason: z.string().max(500).optional(),
        }),
      output: delegationOf,
    },
    async action({ input, credentials }) {
      const made = await delegations.delegate(input, { credentials });
      const delegation = await delegations.get(made, { credentials });
      return { output: { delegation } };
    },
  });

  registry.register({
    name: 'end-delegation',
    title: 'End a delegation',
    description: 'Ends a delegation of the caller.',
    attributes: audited,
    schema: { input: z => z.object({ id: id(z) }), output: delegationOf },
    async action({ input, credentials }) {
      await delegations.end(input.id, { credentials });
      const delegation = await delegations.get(input.id, { credentials });
      return { output: { delegation } };
    },
  });
}

/** Lets programs do what people do in the pages of the guardrails. */
export function registerGuardrails(
  registry: ActionsRegistryService,
  services: GuardrailServices,
): void {
  registerExceptions(registry, services);
  registerReports(registry, services);
  registerDelegations(registry, services);
}
