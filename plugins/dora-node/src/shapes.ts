import { InputError } from '@backstage/errors';
import { z } from 'zod';

/**
 * Reads a value of a shape.
 *
 * @param what - stands at the head of the message, such as `The GitHub push`
 * @throws InputError that names the first field that does not fit
 */
export function readShape<T>(
  schema: z.ZodType<T>,
  value: unknown,
  what: string,
): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0];
  const field = path.length === 0 ? 'its body' : path.join('.');
  throw new InputError(`${what} is not understood: ${field}: ${message}`);
}

/** What may be absent or null is undefined. */
export function optional<T>(schema: z.ZodType<T>) {
  return schema.nullish().transform(value => value ?? undefined);
}

// A database keeps neither NUL nor half of a pair of UTF-16 units.
const storable = (text: string) =>
  text
    .replaceAll('\0', '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .trim();

/** Text that may be empty. */
export const anyText = z.string().transform(storable);

/** Text that says something. */
export const text = anyText.pipe(z.string().min(1, 'is empty'));

/** Text that may be absent, null or empty. */
export const optionalText = z
  .string()
  .nullish()
  .transform(value => storable(value ?? '') || undefined);

/** A number or a text that names something. */
export const identifier = z
  .union([text, z.number().int()], 'is neither a text nor a whole number')
  .transform(String);

/** The hash of a commit, whole or shortened, in lower case. */
export const sha = z
  .string('is not the hash of a commit')
  .regex(/^[0-9a-f]{7,64}$/i, 'is not the hash of a commit')
  .transform(hash => hash.toLowerCase());

/** The hash of a commit if it is one, else undefined. */
export const optionalSha = z
  .unknown()
  .optional()
  .transform(value => sha.safeParse(value).data);

/** An address that a browser may follow, else undefined: it is shown as a link. */
export const webUrl = z
  .unknown()
  .optional()
  .transform(value => {
    const address = optionalText.safeParse(value).data;
    return address && /^https?:\/\/\S+$/i.test(address) ? address : undefined;
  });
