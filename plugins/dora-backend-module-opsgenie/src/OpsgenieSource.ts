import {
  jsonOf,
  requireWaymarkProof,
  type Delivery,
  type DeliverySource,
  type Reading,
} from '@waymark/plugin-dora-node';
import { readAlert } from './alert';
import type { OpsgenieSettings } from './config';

/** Webhooks of Opsgenie, which ends in April 2027. */
export class OpsgenieSource implements DeliverySource {
  readonly id = 'opsgenie';
  readonly title = 'Opsgenie';
  readonly annotations = ['opsgenie.com/component-selector'];
  readonly #settings: OpsgenieSettings;

  constructor(settings: OpsgenieSettings) {
    this.#settings = settings;
  }

  verify(delivery: Delivery): void {
    requireWaymarkProof(delivery, this.#settings.secrets);
  }

  /** Opsgenie gives its deliveries no id. */
  deliveryId(): undefined {
    return undefined;
  }

  read(delivery: Delivery): Reading {
    return readAlert(jsonOf(delivery), this.#settings);
  }
}
