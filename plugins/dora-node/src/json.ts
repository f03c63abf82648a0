import { InputError } from '@backstage/errors';
import type { Delivery } from './DeliverySource';

/**
 * The delivery's body as JSON, whatever it holds.
 *
 * @throws InputError when it is not JSON
 */
export function jsonOf(delivery: Delivery): unknown {
  try {
    return JSON.parse(delivery.body.toString('utf8'));
  } catch {
    const type = delivery.headers['content-type'];
    throw new InputError(
      type?.startsWith('application/x-www-form-urlencoded')
        ? 'The body is a form; choose the content type application/json at the sender'
        : 'The body is not JSON',
    );
  }
}

/** The body as JSON, or undefined when it is not. */
export function maybeJsonOf(delivery: Delivery): unknown {
  try {
    return jsonOf(delivery);
  } catch {
    return undefined;
  }
}
