import {
  ignored,
  requireWaymarkProof,
  type Delivery,
  type DeliverySource,
  type Reading,
} from '@waymark/plugin-dora-node';
import { readCdEvent, topicOf, type CdEvent } from './cdEvent';
import { readChange } from './change';
import { dataOf, identityOf, typeOf } from './cloudEvent';
import type { CdeventsSettings } from './config';
import { readIncident } from './incident';
import { readService } from './service';

type Read = (event: CdEvent) => Reading;

const readers: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['service.deployed', event => readService(event)],
  ['service.upgraded', event => readService(event)],
  ['service.rolledback', event => readService(event, 'rollback')],
  [
    'service.removed',
    () => ignored('A service that is removed brings nothing'),
  ],
  ['incident.detected', event => readIncident(event, 'createdAt')],
  ['incident.reported', event => readIncident(event, 'createdAt')],
  ['incident.resolved', event => readIncident(event, 'resolvedAt')],
  ['change.created', event => readChange(event, 'openedAt')],
  ['change.reviewed', event => readChange(event, 'firstReviewAt')],
  ['change.merged', event => readChange(event, 'mergedAt')],
  ['change.abandoned', event => readChange(event, 'closedAt')],
]);

/** CDEvents over CloudEvents over HTTP. */
export class CdeventsSource implements DeliverySource {
  readonly id = 'cdevents';
  readonly title = 'CDEvents';
  readonly annotations = ['github.com/project-slug', 'gitlab.com/project-slug'];
  readonly #settings: CdeventsSettings;

  constructor(settings: CdeventsSettings) {
    this.#settings = settings;
  }

  verify(delivery: Delivery): void {
    requireWaymarkProof(delivery, this.#settings.secrets);
  }

  deliveryId(delivery: Delivery): string | undefined {
    return identityOf(delivery);
  }

  eventOf(delivery: Delivery): string | undefined {
    return typeOf(delivery);
  }

  read(delivery: Delivery): Reading {
    const event = readCdEvent(dataOf(delivery));
    const topic = topicOf(event);
    const read = topic === undefined ? undefined : readers.get(topic);
    return read
      ? read(event)
      : ignored(
          `${event.context.type} says nothing of deployments, changes or incidents`,
        );
  }
}
