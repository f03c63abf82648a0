import { InputError } from '@backstage/errors';
import {
  ignored,
  jsonOf,
  requireHmacSha256,
  signaturesIn,
  type Delivery,
  type DeliveryHistory,
  type DeliverySource,
  type EventDoor,
  type Reading,
} from '@waymark/plugin-dora-node';
import type { GithubSettings } from './config';
import { readDeployment, readDeploymentStatus } from './deployment';
import { readIssue } from './issue';
import { readPullRequest } from './pullRequest';
import { readPullRequestReview } from './pullRequestReview';
import { readPush } from './push';
import { readRelease } from './release';
import { readWorkflowRun } from './workflowRun';

type Read = (payload: unknown, settings: GithubSettings) => Reading;

const readers: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['deployment', readDeployment],
  ['deployment_status', readDeploymentStatus],
  ['workflow_run', readWorkflowRun],
  ['release', readRelease],
  ['push', readPush],
  ['pull_request', readPullRequest],
  ['pull_request_review', readPullRequestReview],
  ['issues', readIssue],
  ['ping', () => ignored('GitHub says that the webhook is set up')],
]);

const topicPrefix = 'github.';

/** As `@backstage/plugin-events-backend-module-github` names its topics. */
const eventDoor: EventDoor = {
  topics: [...readers.keys()]
    .filter(event => event !== 'ping')
    .map(event => `${topicPrefix}${event}`),
  headersOf: topic => ({ 'x-github-event': topic.slice(topicPrefix.length) }),
};

/** Webhooks of GitHub repositories, organizations and apps. */
export class GithubSource implements DeliverySource {
  readonly id = 'github';
  readonly title = 'GitHub';
  readonly annotations = ['github.com/project-slug'];
  readonly history?: DeliveryHistory;
  readonly events = eventDoor;
  readonly #settings: GithubSettings;

  constructor(settings: GithubSettings, history?: DeliveryHistory) {
    this.#settings = settings;
    this.history = history;
  }

  verify({ headers, body }: Delivery): void {
    requireHmacSha256({
      body,
      signatures: signaturesIn(headers['x-hub-signature-256'], 'sha256='),
      secrets: this.#settings.secrets,
      header: 'X-Hub-Signature-256',
    });
  }

  deliveryId({ headers }: Delivery): string | undefined {
    return headers['x-github-delivery'];
  }

  eventOf({ headers }: Delivery): string | undefined {
    return headers['x-github-event'];
  }

  read(delivery: Delivery): Reading {
    const event = delivery.headers['x-github-event'];
    if (!event) throw new InputError('The X-GitHub-Event header is missing');
    const read = readers.get(event);
    return read
      ? read(jsonOf(delivery), this.#settings)
      : ignored(
          `GitHub's ${event} event says nothing of deployments, changes or incidents`,
        );
  }
}
