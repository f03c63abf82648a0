import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { RatesService } from '../../rates/RatesService';
import {
  currencyField,
  dayField,
  pageFields,
  pageOf,
  type Zod,
} from './inputs';

/** Nothing is lost by it that the audit log does not keep, and the same again changes nothing. */
const audited = { readOnly: false, destructive: false, idempotent: true };

const keyFields = (z: Zod) => ({
  from: currencyField(z),
  to: currencyField(z),
  day: dayField(z).describe('The first day on which it holds'),
});

/** Lets programs read and keep what currencies are in each other. */
export function registerRates(
  registry: ActionsRegistryService,
  rates: RatesService,
): void {
  registry.register({
    name: 'list-exchange-rates',
    title: 'List exchange rates',
    description:
      'What a unit of a currency is in another, from which day until before which, and where that comes from; the newest first.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          from: currencyField(z).optional(),
          to: currencyField(z).optional(),
          ...pageFields(z),
        }),
      output: z => pageOf(z, 'Exchange rates'),
    },
    async action({ input, credentials }) {
      return { output: await rates.list(input, { credentials }) };
    },
  });

  registry.register({
    name: 'set-exchange-rate',
    title: 'Set an exchange rate',
    description:
      'Says what a unit of a currency is in another from a day on, in the place of what was said of that day.',
    attributes: audited,
    schema: {
      input: z =>
        z.object({
          ...keyFields(z),
          rate: z.string().regex(/^\d{1,12}(\.\d{1,18})?$/),
          source: z.string().min(1).max(200).describe('Where it comes from'),
        }),
      output: z => z.object({ rate: z.record(z.string(), z.unknown()) }),
    },
    async action({ input: { rate, source, ...key }, credentials }) {
      const order = { rate, source };
      const { after } = await rates.put(key, order, { credentials });
      return { output: { rate: { ...after } } };
    },
  });

  registry.register({
    name: 'remove-exchange-rate',
    title: 'Remove an exchange rate',
    description: 'Removes what is said of a day; the audit log keeps it.',
    attributes: audited,
    schema: {
      input: z => z.object(keyFields(z)),
      output: z => z.object({ day: z.string() }),
    },
    async action({ input, credentials }) {
      await rates.remove(input, { credentials });
      return { output: { day: input.day } };
    },
  });

  registry.register({
    name: 'import-exchange-rates',
    title: 'Import exchange rates from CSV',
    description:
      'Takes CSV with the columns from,to,day,rate,source: all of it, or nothing when anything is wrong.',
    attributes: audited,
    schema: {
      input: z =>
        z.object({
          csv: z.string().min(1).max(80_000),
          source: z
            .string()
            .min(1)
            .max(200)
            .optional()
            .describe('Of rates that do not say it themselves'),
        }),
      output: z =>
        z.object({
          added: z.number(),
          changed: z.number(),
          unchanged: z.number(),
        }),
    },
    async action({ input, credentials }) {
      return { output: await rates.import(input, { credentials }) };
    },
  });
}
