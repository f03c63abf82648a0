import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { IntakeService } from '../../facts/IntakeService';
import { idField, pageFields, pageOf } from './inputs';

const reading = { readOnly: true, destructive: false, idempotent: true };
/** More than this comes through `POST /import`, which reads as lines arrive. */
const mostFacts = 500;

/** Lets programs see what came in, set right what was not understood, and bring facts. */
export function registerInbox(
  registry: ActionsRegistryService,
  intake: IntakeService,
): void {
  registry.register({
    name: 'get-intake-status',
    title: 'Get the status of the intake',
    description:
      'How many deliveries each source sent and what became of them, how many wait, and whether the numbers are up to date.',
    attributes: reading,
    schema: {
      input: z => z.object({}),
      output: z => z.object({ status: z.record(z.string(), z.unknown()) }),
    },
    async action({ credentials }) {
      return { output: { status: await intake.status({ credentials }) } };
    },
  });

  registry.register({
    name: 'list-webhook-deliveries',
    title: 'List webhook deliveries',
    description:
      'Deliveries of outside systems, newest first, with what became of each. Failed and unmatched ones can be replayed after their cause was mended.',
    attributes: reading,
    schema: {
      input: z =>
        z.object({
          state: z
            .enum(['waiting', 'applied', 'ignored', 'unmatched', 'failed'])
            .optional(),
          source: z.string().max(50).optional().describe('Such as github'),
          ...pageFields(z),
        }),
      output: z => pageOf(z, 'Deliveries'),
    },
    async action({ input, credentials }) {
      return { output: await intake.deliveries(input, { credentials }) };
    },
  });

  registry.register({
    name: 'get-webhook-delivery',
    title: 'Get a webhook delivery',
    description: 'A delivery with its body, as the outside system sent it.',
    attributes: reading,
    schema: {
      input: z => z.object({ id: idField(z) }),
      output: z => z.object({ delivery: z.record(z.string(), z.unknown()) }),
    },
    async action({ input, credentials }) {
      const delivery = await intake.delivery(input.id, { credentials });
      return { output: { delivery } };
    },
  });

  registry.register({
    name: 'replay-webhook-delivery',
    title: 'Replay a webhook delivery',
    description: 'Reads a delivery again, after its mapping was mended.',
    attributes: { readOnly: false, destructive: false, idempotent: true },
    schema: {
      input: z => z.object({ id: idField(z) }),
      output: z => z.object({ delivery: z.record(z.string(), z.unknown()) }),
    },
    async action({ input, credentials }) {
      const delivery = await intake.replay(input.id, { credentials });
      return { output: { delivery } };
    },
  });

  registry.register({
    name: 'replay-webhook-deliveries',
    title: 'Replay webhook deliveries',
    description:
      'Reads all deliveries again that failed, were ignored or belong to nobody, of one source or of all, after a mapping was mended.',
    attributes: { readOnly: false, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          state: z.enum(['failed', 'ignored', 'unmatched']),
          source: z.string().max(50).optional().describe('Such as github'),
        }),
      output: z =>
        z.object({ replayed: z.number().describe('How many wait again') }),
    },
    async action({ input, credentials }) {
      return { output: await intake.replayAll(input, { credentials }) };
    },
  });

  registry.register({
    name: 'list-unmatched-names',
    title: 'List unmatched names',
    description:
      'Names in deliveries that belong to no catalog entity, each with a suggestion.',
    attributes: reading,
    schema: {
      input: z => z.object(pageFields(z)),
      output: z => pageOf(z, 'Unmatched names'),
    },
    async action({ input, credentials }) {
      return { output: await intake.unmatched(input, { credentials }) };
    },
  });

  registry.register({
    name: 'import-facts',
    title: 'Import deployments, changes and incidents',
    description:
      'Takes facts as the lines of POST /api/dora/import have them. One that is wrong is reported and the others are taken; the same id again restates what it said before.',
    attributes: { readOnly: false, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          facts: z
            .array(z.record(z.string(), z.unknown()))
            .min(1)
            .max(mostFacts)
            .describe('Each with type, id, service and what its type has'),
        }),
      output: z => z.object({ report: z.record(z.string(), z.unknown()) }),
    },
    async action({ input: { facts }, credentials }) {
      async function* lines() {
        for (const fact of facts)
          yield Buffer.from(`${JSON.stringify(fact)}\n`);
      }
      const report = await intake.importFacts(lines(), { credentials });
      return { output: { report } };
    },
  });
}
