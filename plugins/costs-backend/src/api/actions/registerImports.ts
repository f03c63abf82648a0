import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ImportsService } from '../../import/ImportsService';
import { idField, pageFields, pageOf, things, type Zod } from './inputs';

const harmless = { readOnly: true, destructive: false, idempotent: true };

const sourceField = (z: Zod) =>
  z.string().min(1).max(63).optional().describe('Such as aws');

/** Lets programs follow bills that are handed in. The files themselves come over HTTP. */
export function registerImports(
  registry: ActionsRegistryService,
  imports: ImportsService,
): void {
  registry.register({
    name: 'list-imports',
    title: 'List imports of bills',
    description:
      'The files that came in and what became of them, newest first.',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({
          source: sourceField(z),
          state: z
            .enum([
              'waiting',
              'reading',
              'storing',
              'done',
              'unchanged',
              'failed',
              'withdrawn',
            ])
            .optional(),
          ...pageFields(z),
        }),
      output: z => pageOf(z, 'Imports'),
    },
    async action({ input, credentials }) {
      return { output: await imports.list(input, { credentials }) };
    },
  });

  registry.register({
    name: 'get-import',
    title: 'Get an import of a bill with its report',
    description:
      'How far a file is, what was found in it, which rows were refused and why, and what it replaced.',
    attributes: harmless,
    schema: {
      input: z => z.object({ id: idField(z) }),
      output: z => z.object({ import: z.record(z.string(), z.unknown()) }),
    },
    async action({ input, credentials }) {
      const found = await imports.get(input.id, { credentials });
      return { output: { import: { ...found } } };
    },
  });

  registry.register({
    name: 'cancel-import',
    title: 'Cancel an import of a bill',
    description:
      'Stops an import that is not over; nothing of its file counts then.',
    attributes: { readOnly: false, destructive: false, idempotent: false },
    schema: {
      input: z => z.object({ id: idField(z) }),
      output: z => z.object({ import: z.record(z.string(), z.unknown()) }),
    },
    async action({ input, credentials }) {
      const ended = await imports.cancel(input.id, { credentials });
      return { output: { import: { ...ended } } };
    },
  });

  registry.register({
    name: 'withdraw-import',
    title: 'Take back an import of a bill',
    description:
      'Has the rows of an import that is done count no more. What it had replaced does not come back.',
    attributes: { readOnly: false, destructive: true, idempotent: true },
    schema: {
      input: z =>
        z.object({
          id: idField(z),
          reason: z
            .string()
            .min(1)
            .max(500)
            .describe('Why, for whoever looks for the rows later'),
        }),
      output: z => z.object({ import: z.record(z.string(), z.unknown()) }),
    },
    async action({ input: { id, reason }, credentials }) {
      const ended = await imports.withdraw(id, { reason }, { credentials });
      return { output: { import: { ...ended } } };
    },
  });

  registry.register({
    name: 'list-bills',
    title: 'List bills that count',
    description:
      'What counts now by source, billing period and currency, with all four sums, to be compared with invoices.',
    attributes: harmless,
    schema: {
      input: z => z.object({ source: sourceField(z) }),
      output: z => z.object({ items: things(z, 'Bills, newest first') }),
    },
    async action({ input, credentials }) {
      const { items } = await imports.bills(input, { credentials });
      return { output: { items } };
    },
  });
}
