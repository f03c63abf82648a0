import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';

/** Three parts without what stands between them; the reader of the catalog lets more pass. */
const whole = /^[^:/\s]+:[^:/\s]+\/[^:/\s]+$/;

function written(text: string): string | undefined {
  try {
    return stringifyEntityRef(parseEntityRef(text));
  } catch {
    return undefined;
  }
}

/**
 * A reference of an entity as the catalog writes it, so that it is found however
 * it was written: `Component:orders` is component:default/orders.
 *
 * @param where - what people call the place it stands in, for messages
 * @throws InputError when it is no reference, or does not say of which kind
 */
export function readEntityRef(text: string, where = 'entityRef'): string {
  const ref = written(text);
  if (!ref || !whole.test(ref)) {
    throw new InputError(
      `${where}: "${text}" is no entity reference; write it with its kind and namespace, as group:default/name`,
    );
  }
  return ref;
}
