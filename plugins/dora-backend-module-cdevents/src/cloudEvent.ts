import { InputError } from '@backstage/errors';
import {
  jsonOf,
  maybeJsonOf,
  readShape,
  text,
  type Delivery,
} from '@waymark/plugin-dora-node';
import { z } from 'zod';

// https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md

const structured = z.object({
  specversion: z.literal('1.0', 'is not 1.0'),
  id: text,
  source: text,
  data: z.unknown(),
});

const identity = z.object({ id: text, source: text });
const typed = z.object({ type: text });

function isStructured({ headers }: Delivery): boolean {
  return /^application\/cloudevents(\+json)?\s*(;|$)/i.test(
    headers['content-type'] ?? '',
  );
}

/**
 * What a CloudEvent carries, whether it is sent in the structured mode (all in
 * the body) or in the binary mode (attributes in `ce-` headers).
 *
 * @throws InputError when it is no single CloudEvent of version 1.0
 */
export function dataOf(delivery: Delivery): unknown {
  if (isStructured(delivery)) {
    const { data } = readShape(structured, jsonOf(delivery), 'The CloudEvent');
    return data;
  }
  const { headers } = delivery;
  if (headers['content-type']?.startsWith('application/cloudevents-batch')) {
    throw new InputError('CloudEvents are taken one at a time, not in batches');
  }
  if (headers['ce-specversion'] !== '1.0') {
    throw new InputError(
      'This is no CloudEvent of version 1.0: neither is the content type application/cloudevents+json nor the ce-specversion header 1.0',
    );
  }
  return jsonOf(delivery);
}

/** Source and id, which together are one event for ever. */
export function identityOf(delivery: Delivery): string | undefined {
  const { headers } = delivery;
  const given = identity.safeParse(
    isStructured(delivery)
      ? maybeJsonOf(delivery)
      : { id: headers['ce-id'], source: headers['ce-source'] },
  ).data;
  return given && `${given.source} ${given.id}`;
}

/** The type of the event, such as `dev.cdevents.service.deployed.0.2.0`. */
export function typeOf(delivery: Delivery): string | undefined {
  return isStructured(delivery)
    ? typed.safeParse(maybeJsonOf(delivery)).data?.type
    : delivery.headers['ce-type'];
}
