import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';

/**
 * The reference of a group as the catalog writes it.
 *
 * @throws InputError when the text is none
 */
export function groupRefOf(text: string): string {
  let ref;
  try {
    ref = parseEntityRef(text, {
      defaultKind: 'group',
      defaultNamespace: 'default',
    });
  } catch {
    throw new InputError(
      `entityRef: "${text}" is no entity reference; write it as group:default/name`,
    );
  }
  if (ref.kind.toLowerCase() !== 'group') {
    throw new InputError(
      `entityRef: goals are of groups, and a ${ref.kind} is none`,
    );
  }
  return stringifyEntityRef(ref);
}
