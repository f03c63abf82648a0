import {
  jsonOf,
  requireWaymarkProof,
  type Delivery,
  type DeliverySource,
  type Reading,
} from '@waymark/plugin-dora-node';
import type { ArgocdSettings } from './config';
import { readSync } from './sync';

/** Notifications of Argo CD, by the template that our documentation gives. */
export class ArgocdSource implements DeliverySource {
  readonly id = 'argocd';
  readonly title = 'Argo CD';
  readonly annotations = ['argocd/app-name'];
  readonly #settings: ArgocdSettings;

  constructor(settings: ArgocdSettings) {
    this.#settings = settings;
  }

  verify(delivery: Delivery): void {
    requireWaymarkProof(delivery, this.#settings.secrets);
  }

  /** Argo CD gives its notifications no id. */
  deliveryId(): undefined {
    return undefined;
  }

  read(delivery: Delivery): Reading {
    return readSync(jsonOf(delivery));
  }
}
