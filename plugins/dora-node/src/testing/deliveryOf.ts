import type { Delivery } from '../DeliverySource';

/** A delivery with a JSON body. Header names in lower case. */
export function deliveryOf(
  body: unknown,
  headers: Record<string, string> = {},
): Delivery {
  return { headers, body: Buffer.from(JSON.stringify(body)) };
}
