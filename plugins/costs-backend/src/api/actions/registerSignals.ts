import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { SignalsService } from '../../signals/SignalsService';
import type { Zod } from './inputs';

const rulesField = (z: Zod) =>
  z
    .array(
      z.object({
        signal: z.enum(['logs', 'metrics', 'traces', 'other']),
        service: z
          .string()
          .min(1)
          .max(200)
          .describe('ServiceName; a star stands for anything'),
        charge: z
          .string()
          .min(1)
          .max(200)
          .optional()
          .describe('Of SKU, meter, resource type and description'),
      }),
    )
    .max(200)
    .describe('The first that fits a charge decides');

/** Lets programs read and set what counts as logs, metrics and traces. */
export function registerSignals(
  registry: ActionsRegistryService,
  signals: SignalsService,
): void {
  registry.register({
    name: 'get-signal-rules',
    title: 'Get which charges are for logs, metrics and traces',
    description:
      'The rules by which get-totals groups by signal, in the order in which they are tried.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z => z.object({}),
      output: z => z.object({ items: rulesField(z) }),
    },
    async action({ credentials }) {
      return { output: await signals.rules({ credentials }) };
    },
  });

  registry.register({
    name: 'set-signal-rules',
    title: 'Set which charges are for logs, metrics and traces',
    description:
      'In the place of all rules there are; the audit log keeps those.',
    attributes: { readOnly: false, destructive: false, idempotent: true },
    schema: {
      input: z => z.object({ items: rulesField(z) }),
      output: z => z.object({ items: rulesField(z) }),
    },
    async action({ input, credentials }) {
      const { after } = await signals.change(input, { credentials });
      return { output: after };
    },
  });
}
