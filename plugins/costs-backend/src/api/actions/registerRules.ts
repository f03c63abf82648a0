import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { RulesService } from '../../allocation/RulesService';
import {
  dayField,
  idField,
  measureField,
  pageFields,
  pageOf,
  things,
  type Zod,
} from './inputs';
import { rulesField } from './rulesField';

const harmless = { readOnly: true, destructive: false, idempotent: true };

const orderFields = (z: Zod) => ({
  rules: rulesField(z),
  from: dayField(z).describe(
    'The first day on which billing periods begin that are allocated anew',
  ),
  to: dayField(z).describe('The day after the last of these'),
  basedOn: z
    .string()
    .nullable()
    .optional()
    .describe(
      'The id of the rules that were looked at; when others are in force by now, nothing happens',
    ),
  reason: z.string().max(500).optional(),
  measure: measureField(z),
});

/** Lets programs read, try and change the rules of allocation. */
export function registerRules(
  registry: ActionsRegistryService,
  rules: RulesService,
): void {
  registry.register({
    name: 'get-rules',
    title: 'Get the rules of allocation',
    description:
      'The rules that say who bears which charges, in the order in which they are tried, and who put them in force.',
    attributes: harmless,
    schema: {
      input: z => z.object({}),
      output: z =>
        z.object({
          id: z.string().nullable().describe('Null for the first ones'),
          rules: things(z, 'The first that takes a charge decides'),
          changedBy: z.string().nullable(),
          changedAt: z.string().nullable(),
        }),
    },
    async action({ credentials }) {
      return { output: await rules.rules({ credentials }) };
    },
  });

  registry.register({
    name: 'preview-rules',
    title: 'Preview rules of allocation',
    description:
      'What would change for each billing period, currency and entity if these rules were in force. Nothing changes.',
    attributes: harmless,
    schema: {
      input: z => z.object(orderFields(z)),
      output: z =>
        z.object({
          bills: z.number().describe('How many would be allocated anew'),
          changes: z.number().describe('How many there are in all'),
          items: things(z, 'What changes most first, up to a thousand'),
        }),
    },
    async action({ input, credentials }) {
      return { output: await rules.preview(input, { credentials }) };
    },
  });

  registry.register({
    name: 'set-rules',
    title: 'Put rules of allocation in force',
    description:
      'In the place of all rules there are, for bills to come and for the billing periods that are named. Answers a reallocation that is worked on; get-reallocation says when it is done.',
    attributes: { readOnly: false, destructive: false, idempotent: false },
    schema: {
      input: z => z.object(orderFields(z)),
      output: z =>
        z.object({ reallocation: z.record(z.string(), z.unknown()) }),
    },
    async action({ input, credentials }) {
      const { reallocation } = await rules.change(input, { credentials });
      return { output: { reallocation: { ...reallocation } } };
    },
  });

  registry.register({
    name: 'list-reallocations',
    title: 'List changes of the rules of allocation',
    description: 'The rules that were put in force, newest first.',
    attributes: harmless,
    schema: {
      input: z => z.object(pageFields(z)),
      output: z => pageOf(z, 'Reallocations'),
    },
    async action({ input, credentials }) {
      return { output: await rules.reallocations(input, { credentials }) };
    },
  });

  registry.register({
    name: 'get-reallocation',
    title: 'Get how far a change of the rules is',
    description:
      'Whether rules are in force by now, how many bills are allocated by them, and at the end what changed.',
    attributes: harmless,
    schema: {
      input: z => z.object({ id: idField(z) }),
      output: z =>
        z.object({ reallocation: z.record(z.string(), z.unknown()) }),
    },
    async action({ input, credentials }) {
      const found = await rules.reallocation(input.id, { credentials });
      return { output: { reallocation: { ...found } } };
    },
  });
}
