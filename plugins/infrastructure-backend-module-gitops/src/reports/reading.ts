import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** How reports and engine name a folder of a repository. */
export const placeOf = (repository: string, path: string) =>
  `${repository}:${path}`;

/** Stands for the revision where there is nothing any more that could have one. */
export const gone = 'gone';

/** Templates of Argo CD print this for what is not there. */
const absent = '<no value>';

/** A text that may not be there. */
export const said = z
  .string()
  .max(4000)
  .nullish()
  .transform(text => (text && text !== absent ? text : undefined));

/** An instant, in UTC. */
export const instant = z
  .string()
  .refine(text => !Number.isNaN(Date.parse(text)), 'is not a date')
  .transform(text => new Date(text).toISOString());

/** A folder from the top of its repository. */
export const folder = z
  .string()
  .max(1000)
  .transform(text => text.replace(/^\.?\/+|\/+$/g, ''));

/** @throws InputError that says what was not understood */
export function readBody<T>(
  body: Buffer,
  shape: z.ZodType<T>,
  sender: string,
): T {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    throw new InputError(`The report of ${sender} is not JSON`);
  }
  const read = shape.safeParse(json);
  if (read.success) return read.data;
  throw new InputError(
    `The report of ${sender} is not understood: ${z.prettifyError(read.error)}`,
  );
}

/**
 * The repository that a report is about; it need not be said where there is
 * but one.
 *
 * @throws InputError
 */
export function repositoryOf(
  named: string | undefined,
  known: string[],
): string {
  const name = named ?? (known.length === 1 ? known[0] : undefined);
  if (name && known.includes(name)) return name;
  throw new InputError(
    `The report is about the repository ${
      name ?? 'that it does not name'
    }; infrastructure.gitops.repositories has ${known.join(', ') || 'none'}`,
  );
}
