import type { Existing } from '@waymark/plugin-infrastructure-node';
import { z } from 'zod';
import { within } from './rootModule';

/** The part of a state, version 4, that says what stands. */
const standingShape = z.object({
  resources: z.array(
    z.object({
      module: z.string().optional(),
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      instances: z.array(
        z.object({
          index_key: z.union([z.string(), z.number()]).optional(),
          attributes: z.object({ id: z.string().nullish() }).nullish(),
        }),
      ),
    }),
  ),
});

/**
 * What stands by a state, by its addresses in the offering's module and the ids
 * by which most providers import.
 *
 * @throws Error when it is no state that is understood
 */
export function remainingIn(state: Buffer): Existing[] {
  const { resources } = standingShape.parse(JSON.parse(state.toString('utf8')));
  return resources
    .filter(({ mode }) => mode === 'managed')
    .flatMap(({ module = '', type, name, instances }) => {
      const path = module.replace(within, '').replace(/^\./, '');
      const address = [...(path ? [path] : []), type, name].join('.');
      return instances.map(({ index_key: key, attributes }) => ({
        address:
          key === undefined ? address : `${address}[${JSON.stringify(key)}]`,
        id: attributes?.id ?? '',
      }));
    });
}
