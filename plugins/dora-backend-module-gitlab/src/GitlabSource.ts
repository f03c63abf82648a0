import {
  ignored,
  jsonOf,
  readShape,
  text,
  type Delivery,
  type DeliveryHistory,
  type DeliverySource,
  type EventDoor,
  type Reading,
} from '@waymark/plugin-dora-node';
import { z } from 'zod';
import type { GitlabSettings } from './config';
import { readDeployment } from './deployment';
import { readIssue } from './issue';
import { readMergeRequest } from './mergeRequest';
import { readPipeline } from './pipeline';
import { requireGitlabProof } from './proof';
import { readPush } from './push';

type Read = (payload: unknown, settings: GitlabSettings) => Reading;

const readers: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['deployment', readDeployment],
  ['pipeline', readPipeline],
  ['merge_request', readMergeRequest],
  ['push', readPush],
  ['issue', readIssue],
  ['work_item', readIssue],
]);

/** As `@backstage/plugin-events-backend-module-gitlab` names its topics; the body says what it is. */
const eventDoor: EventDoor = {
  topics: [...readers.keys()].map(kind => `gitlab.${kind}`),
  headersOf: () => ({}),
};

/** Some events name themselves only in `event_name`. */
const webhook = z.union(
  [
    z.object({ object_kind: text }).transform(event => event.object_kind),
    z.object({ event_name: text }).transform(event => event.event_name),
  ],
  'has neither an object_kind nor an event_name',
);

/** Webhooks of GitLab projects and groups. */
export class GitlabSource implements DeliverySource {
  readonly id = 'gitlab';
  readonly title = 'GitLab';
  readonly annotations: string[];
  readonly history?: DeliveryHistory;
  readonly events = eventDoor;
  readonly #settings: GitlabSettings;

  constructor(settings: GitlabSettings, history?: DeliveryHistory) {
    this.annotations = [settings.annotation];
    this.#settings = settings;
    this.history = history;
  }

  verify(delivery: Delivery, now: Date): void {
    requireGitlabProof(delivery, this.#settings.secrets, now);
  }

  /**
   * The same when GitLab tries again. GitLab before 17.4 has only an
   * X-Gitlab-Event-UUID, which different events may share.
   */
  deliveryId({ headers }: Delivery): string | undefined {
    return headers['idempotency-key'];
  }

  eventOf({ headers }: Delivery): string | undefined {
    return headers['x-gitlab-event'];
  }

  read(delivery: Delivery): Reading {
    const payload = jsonOf(delivery);
    const kind = readShape(webhook, payload, 'The GitLab webhook');
    const read = readers.get(kind);
    return read
      ? read(payload, this.#settings)
      : ignored(
          `GitLab's ${kind} event says nothing of deployments, changes or incidents`,
        );
  }
}
