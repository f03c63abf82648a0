import { ServiceUnavailableError } from '@backstage/errors';
import type { StateAccess } from '@waymark/plugin-infrastructure-node';
import { z } from 'zod';
import { madeBy } from './rootModule';

/** What of a state is read. */
export const stateShape = z.object({
  resources: z.array(z.unknown()).default([]),
  outputs: z.record(z.string(), z.object({ value: z.unknown() })).default({}),
});

/** {@inheritDoc stateShape} */
export type KeptState = z.infer<typeof stateShape>;

/** The digest of the module that made it, where the state says that. */
export function madeByIn({ outputs }: KeptState): string | undefined {
  const digest = outputs[madeBy]?.value;
  return typeof digest === 'string' ? digest : undefined;
}

/** What the state says of a resource; undefined when there is none. */
export async function readState(
  access: StateAccess,
): Promise<KeptState | undefined> {
  const { address, username, password } = access;
  const basic = Buffer.from(`${username}:${password}`).toString('base64');
  const response = await fetch(address, {
    headers: { authorization: `Basic ${basic}` },
  });
  if (response.status === 204 || response.status === 404) return undefined;
  if (!response.ok) {
    throw new ServiceUnavailableError(
      `The state cannot be read: the portal answers ${response.status}`,
    );
  }
  return stateShape.parse(await response.json());
}
