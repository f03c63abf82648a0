import type { Zod } from './inputs';

const commonFields = (z: Zod) => ({
  id: z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/),
  title: z.string().min(1).max(200),
  where: z
    .string()
    .min(1)
    .max(4000)
    .optional()
    .describe('Only for these charges, such as ServiceName=Amazon EC2'),
});

const valueField = (z: Zod) =>
  z
    .string()
    .min(1)
    .max(200)
    .describe('What is looked at, such as ResourceId or Tags/component');

const refField = (z: Zod) => z.string().min(1).max(500);

/** Rules of allocation, as the API document describes them. */
export const rulesField = (z: Zod) =>
  z
    .array(
      z.discriminatedUnion('by', [
        z
          .object({
            ...commonFields(z),
            by: z.literal('name'),
            value: valueField(z),
            kind: z.enum([
              'component',
              'resource',
              'system',
              'domain',
              'group',
            ]),
          })
          .strict(),
        z
          .object({
            ...commonFields(z),
            by: z.literal('annotation'),
            value: valueField(z),
            annotation: z.string().min(1).max(300),
          })
          .strict(),
        z
          .object({
            ...commonFields(z),
            by: z.literal('map'),
            value: valueField(z),
            entities: z
              .record(z.string(), refField(z))
              .describe('Whose each value is, such as groups of accounts'),
          })
          .strict(),
        z
          .object({
            ...commonFields(z),
            by: z.literal('entity'),
            entityRef: refField(z),
          })
          .strict(),
        z
          .object({
            ...commonFields(z),
            by: z.literal('share'),
            split: z.enum(['even', 'use', 'fixed']),
            among: z.array(refField(z)).min(1).max(1000).optional(),
            shares: z
              .record(z.string(), z.string().regex(/^\d{1,9}(\.\d{1,9})?$/))
              .optional()
              .describe(
                'For the split fixed, what each bears beside the others',
              ),
          })
          .strict(),
      ]),
    )
    .max(200)
    .describe('The first that takes a charge says who bears it');
