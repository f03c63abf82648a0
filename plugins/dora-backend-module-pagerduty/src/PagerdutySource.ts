import {
  jsonOf,
  maybeJsonOf,
  requireHmacSha256,
  signaturesIn,
  text,
  type Delivery,
  type DeliverySource,
  type Reading,
} from '@waymark/plugin-dora-node';
import { z } from 'zod';
import type { PagerdutySettings } from './config';
import { readEvent } from './event';
import { readIncident } from './incident';

const identified = z.object({
  event: z.object({ id: text, event_type: text.optional() }),
});

/** Version 3 webhooks of PagerDuty. */
export class PagerdutySource implements DeliverySource {
  readonly id = 'pagerduty';
  readonly title = 'PagerDuty';
  readonly annotations = ['pagerduty.com/service-id'];
  readonly #settings: PagerdutySettings;

  constructor(settings: PagerdutySettings) {
    this.#settings = settings;
  }

  verify({ headers, body }: Delivery): void {
    requireHmacSha256({
      body,
      // While a secret is replaced there is a signature under each.
      signatures: signaturesIn(headers['x-pagerduty-signature'], 'v1='),
      secrets: this.#settings.secrets,
      header: 'X-PagerDuty-Signature',
    });
  }

  /** The event's id: the same when PagerDuty tries again, and for each subscription. */
  deliveryId(delivery: Delivery): string | undefined {
    return this.#eventIn(delivery)?.id;
  }

  eventOf(delivery: Delivery): string | undefined {
    return this.#eventIn(delivery)?.event_type;
  }

  read(delivery: Delivery): Reading {
    return readIncident(readEvent(jsonOf(delivery)));
  }

  #eventIn(delivery: Delivery) {
    return identified.safeParse(maybeJsonOf(delivery)).data?.event;
  }
}
