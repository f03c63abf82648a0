import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { Names } from '../names/Names';
import type { Previews } from '../previews/Previews';

const harmless = { readOnly: true, destructive: false, idempotent: true };

/** Gives programs what the form asks for a person, under the same permissions. */
export function registerActions(
  registry: ActionsRegistryService,
  services: { names: Names; previews: Previews },
): void {
  const { names, previews } = services;

  registry.register({
    name: 'check-name',
    title: 'Check name',
    description:
      'Whether a new service or repository can have a name: looks in the catalog and on the repository host.',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({
          name: z.string().min(1).max(200).describe('Such as payments-ledger'),
        }),
      output: z =>
        z.object({
          name: z.string(),
          available: z.boolean(),
          problems: z.array(
            z.object({
              where: z
                .enum(['name', 'catalog', 'repository'])
                .describe('name: it is not legal; else where it is taken'),
              message: z.string(),
              entityRef: z.string().optional(),
            }),
          ),
        }),
    },
    async action({ input, credentials }) {
      return { output: await names.check(input.name, { credentials }) };
    },
  });

  registry.register({
    name: 'preview-template',
    title: 'Preview template',
    description:
      'The files that a template of the catalog makes of given values. Runs only the steps that write files, in a folder that is thrown away; nothing is created.',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({
          templateRef: z
            .string()
            .min(1)
            .max(300)
            .describe('Such as template:default/node-service'),
          values: z
            .record(z.string(), z.unknown())
            .describe("The answers to the template's form"),
        }),
      output: z =>
        z.object({
          files: z.array(
            z.object({
              path: z.string(),
              size: z.number().describe('In bytes'),
              content: z
                .string()
                .nullable()
                .describe('Null when it is not text, or too long to show'),
            }),
          ),
          omittedFiles: z.number().describe('Beyond those that are listed'),
          log: z.array(
            z.object({
              stepId: z.string(),
              status: z.enum(['completed', 'skipped']),
              message: z.string(),
            }),
          ),
        }),
    },
    async action({ input, credentials }) {
      return { output: await previews.create(input, { credentials }) };
    },
  });
}
