import { InputError } from '@backstage/errors';
import type { EntityFilterQuery } from '@backstage/catalog-client';

/**
 * Reads a filter as the catalog writes it in addresses:
 * `kind=component,spec.type=service`. All must hold; a key that is named
 * twice may have either value.
 *
 * @throws InputError when it is not such a filter
 */
export function parseFilter(text: string): EntityFilterQuery {
  const filter: Record<string, string[]> = {};
  for (const condition of text.split(',')) {
    const [, key, value] = condition.match(/^\s*([\w./-]+)=(.+?)\s*$/) ?? [];
    if (!key) {
      throw new InputError(
        `filter: "${condition}" is no condition; write key=value, several with commas between`,
      );
    }
    (filter[key] ??= []).push(value);
  }
  return filter;
}
