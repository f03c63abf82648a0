import { InputError } from '@backstage/errors';
import { z } from 'zod';

const stateShape = z.looseObject({
  version: z.number().int().positive(),
  serial: z.number().int().nonnegative(),
  lineage: z.string().min(1).max(200),
});

const lockShape = z.looseObject({ ID: z.string().min(1).max(200) });

/** Who holds a lock, in Terraform's own form. */
export type LockInfo = z.output<typeof lockShape>;

function parse<T>(shape: z.ZodType<T>, body: Buffer, what: string): T {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new InputError(`${what} is not valid JSON`);
  }
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  throw new InputError(`${what}: ${z.prettifyError(result.error)}`);
}

/** What orders the versions of a state. @throws InputError when it is no state */
export function parseState(body: Buffer): { serial: number; lineage: string } {
  const { serial, lineage } = parse(stateShape, body, 'The state');
  return { serial, lineage };
}

/** @throws InputError when it says no ID */
export function parseLock(body: Buffer): LockInfo {
  return parse(lockShape, body, 'The lock');
}
