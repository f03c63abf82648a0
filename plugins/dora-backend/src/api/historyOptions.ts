import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type { HistoryOptions } from '../ingest/history/historyFacts';

/** A date alone is its midnight in UTC, for commits know no other zone of the organisation's. */
const instant = z
  .string()
  .refine(
    text => !Number.isNaN(Date.parse(text)),
    'must be a date or an instant such as 2026-03-01 or 2026-03-01T09:30:00Z',
  )
  .transform(text => new Date(text).toISOString());

const options = z.object({
  deployments: z.enum(['tags', 'landings', 'none']).default('tags'),
  tags: z.string().min(1).max(200).optional(),
  environment: z.string().min(1).max(100).default('production'),
  since: instant.optional(),
  until: instant.optional(),
});

const query = options.extend({ entityRef: z.string().min(1).max(500) });

function parse<T>(schema: z.ZodType<T>, given: unknown): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new InputError(
    parsed.error.issues
      .map(({ path, message }) => `${path.join('.')}: ${message}`)
      .join('; '),
  );
}

/**
 * What of a history is asked for, with what is left unsaid.
 *
 * @throws InputError that names each field that is wrong
 */
export function historyOptionsOf(given: object): HistoryOptions {
  return parse(options, given);
}

/**
 * The same from a query, which also says what the history belongs to.
 *
 * @throws InputError that names each field that is wrong
 */
export function readHistoryQuery(given: object): {
  entityRef: string;
  options: HistoryOptions;
} {
  const { entityRef, ...rest } = parse(query, given);
  return { entityRef, options: rest };
}
