import {
  jsonOf,
  requireWaymarkProof,
  type Delivery,
  type DeliverySource,
  type Reading,
} from '@waymark/plugin-dora-node';
import { readBuild } from './build';
import type { JenkinsSettings } from './config';

/** The JSON of Jenkins' Notification plugin. */
export class JenkinsSource implements DeliverySource {
  readonly id = 'jenkins';
  readonly title = 'Jenkins';
  readonly annotations = ['jenkins.io/job-full-name'];
  readonly #settings: JenkinsSettings;

  constructor(settings: JenkinsSettings) {
    this.#settings = settings;
  }

  verify(delivery: Delivery): void {
    requireWaymarkProof(delivery, this.#settings.secrets);
  }

  /** Jenkins gives its notifications no id. */
  deliveryId(): undefined {
    return undefined;
  }

  read(delivery: Delivery): Reading {
    return readBuild(jsonOf(delivery), this.#settings);
  }
}
