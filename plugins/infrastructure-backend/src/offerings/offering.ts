import type { JsonObject } from '@backstage/types';
import { z } from 'zod';

/** Lower case letters, digits and dashes, as Kubernetes and the catalog want names. */
export const namePattern = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

const name = z
  .string()
  .regex(namePattern, 'must be lower case letters, digits and dashes');
const sentence = z.string().trim().min(1).max(1000);

/** A number, or the parameter that holds it, or what it is for each value of a parameter. */
const quantity = z.union([
  z.number().nonnegative(),
  z.strictObject({ parameter: z.string() }),
  z.strictObject({
    parameter: z.string(),
    values: z.record(z.string(), z.number().nonnegative()),
  }),
]);

const priceItem = z.strictObject({
  title: sentence,
  /** Key in the price book; `{name}` stands for the value of a parameter. */
  price: z.string().min(1),
  /** Multiplied with each other and the unit price. */
  quantities: z.array(quantity).default([]),
  /** Where the use is not known: from the least to the most, multiplied as well. */
  usage: z
    .strictObject({
      low: z.number().nonnegative(),
      high: z.number().nonnegative(),
      assumption: sentence,
    })
    .optional(),
  /** Counted only when this parameter has this value. */
  when: z
    .strictObject({
      parameter: z.string(),
      is: z.union([z.string(), z.boolean(), z.number()]),
    })
    .optional(),
});

/**
 * What a platform team offers, as a file in `infrastructure/offerings` says it.
 * `docs/how-to/write-an-offering.md` explains every field.
 */
export const offeringSchema = z.strictObject({
  apiVersion: z.literal('waymark.dev/v1'),
  kind: z.literal('Offering'),
  metadata: z.strictObject({
    name,
    title: z.string().trim().min(1).max(80),
    version: z.string().regex(/^\d+\.\d+\.\d+$/, 'must be like 1.2.3'),
    summary: z.string().trim().min(1).max(200),
  }),
  spec: z.strictObject({
    category: z.enum([
      'compute',
      'database',
      'cache',
      'storage',
      'network',
      'serverless',
    ]),
    /** Type of the catalog's Resource. */
    resourceType: name,
    use: z.strictObject({
      when: z.array(sentence).min(1),
      whenNot: z.array(sentence).min(1),
    }),
    /** None: it is retired. What there is of it can be changed and removed, and nothing more be asked for. */
    environments: z.array(name),
    engine: z.strictObject({
      name,
      settings: z.custom<JsonObject>().default({}),
    }),
    /** From approval until it is ready. */
    expectedMinutes: z.number().positive(),
    /** JSON Schema of an object; `x-form` on a field says how the form shows it. */
    parameters: z.custom<JsonObject>(
      value =>
        typeof value === 'object' &&
        value !== null &&
        (value as JsonObject).type === 'object',
      'must be a JSON Schema of type object',
    ),
    outputs: z
      .array(
        z.strictObject({
          name: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
          title: sentence,
          secret: z.boolean().default(false),
        }),
      )
      .default([]),
    quota: z.strictObject({
      unit: name,
      amount: quantity.default(1),
    }),
    price: z.strictObject({ items: z.array(priceItem) }),
    /** Names of offerings that must be there first, in the same environment. */
    dependencies: z.array(name).default([]),
    documentation: z.string().trim().min(1),
    troubleshooting: z
      .array(z.strictObject({ symptom: sentence, remedy: sentence }))
      .min(1),
  }),
});

/** {@inheritDoc offeringSchema} */
export type OfferingFile = z.infer<typeof offeringSchema>;
/** How much of something, as an offering says it. */
export type Quantity = z.infer<typeof quantity>;
/** One line of an offering's price. */
export type PriceItem = z.infer<typeof priceItem>;
