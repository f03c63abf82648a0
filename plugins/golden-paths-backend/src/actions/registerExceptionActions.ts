import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { Services } from '../router';
import { entityRefField } from './inputs';

const acting = { readOnly: false, destructive: false, idempotent: false };
const day = /^\d{4}-\d{2}-\d{2}$/;

/** Lets programs ask for exceptions, decide on them and end them, as people do in the pages. */
export function registerExceptionActions(
  registry: ActionsRegistryService,
  { exceptions }: Pick<Services, 'exceptions'>,
): void {
  registry.register({
    name: 'list-exceptions',
    title: 'List exceptions from golden paths',
    description:
      'Services that need not be on a golden path, or not on a supported version, with the reason and the last day.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          entityRef: z.string().min(1).max(300).optional(),
          owner: z.string().min(1).max(300).optional(),
          state: z
            .enum([
              'pending',
              'granted',
              'refused',
              'withdrawn',
              'revoked',
              'expired',
            ])
            .optional(),
          limit: z.number().int().min(1).max(200).optional(),
          offset: z.number().int().min(0).optional(),
        }),
      output: z =>
        z.object({
          items: z.array(z.record(z.string(), z.unknown())),
          total: z.number(),
        }),
    },
    async action({ input, credentials }) {
      return { output: await exceptions.list(input, { credentials }) };
    },
  });

  registry.register({
    name: 'ask-exception',
    title: 'Ask for an exception from a golden path',
    description:
      'Asks that a service need not be on a golden path, or not on a supported version, until a day. A platform engineer decides.',
    attributes: acting,
    schema: {
      input: z =>
        z.object({
          entityRef: entityRefField(z),
          kind: z.enum(['golden-path', 'version']),
          reason: z.string().min(10).max(2000),
          until: z.string().regex(day).describe('The last day, in UTC'),
        }),
      output: z => z.object({ exception: z.record(z.string(), z.unknown()) }),
    },
    async action({ input, credentials }) {
      const exception = await exceptions.ask(input, { credentials });
      return { output: { exception } };
    },
  });

  registry.register({
    name: 'decide-exception',
    title: 'Decide on an exception from a golden path',
    description: 'Grants or refuses an exception that somebody else asked for.',
    attributes: acting,
    schema: {
      input: z =>
        z.object({
          id: z.string().uuid(),
          verdict: z.enum(['grant', 'refuse']),
          comment: z.string().max(2000).optional(),
          until: z.string().regex(day).optional().describe('A sooner day'),
        }),
      output: z => z.object({ exception: z.record(z.string(), z.unknown()) }),
    },
    async action({ input: { id, ...verdict }, credentials }) {
      const exception = await exceptions.decide(id, verdict, { credentials });
      return { output: { exception } };
    },
  });

  registry.register({
    name: 'end-exception',
    title: 'End an exception from a golden path',
    description: 'Takes an exception back, or ends it before its day.',
    attributes: acting,
    schema: {
      input: z => z.object({ id: z.string().uuid() }),
      output: z => z.object({ exception: z.record(z.string(), z.unknown()) }),
    },
    async action({ input, credentials }) {
      const exception = await exceptions.end(input.id, { credentials });
      return { output: { exception } };
    },
  });
}
