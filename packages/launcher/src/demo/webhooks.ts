import { createHash, createHmac } from 'node:crypto';
import type { Change, Deployment, Fact, Incident } from './facts.ts';
import { addressOf, incidentId, iso } from './lines.ts';

/** A delivery as GitHub or PagerDuty sends it. */
export type Webhook = {
  source: 'github' | 'pagerduty';
  /** When it was sent, in milliseconds. */
  at: number;
  headers: Record<string, string>;
  body: string;
};

/** The secrets that deliveries are signed with. */
export type SigningSecrets = { github: string; pagerduty: string };

type Event = { at: number; event: string; payload: object };

/** The same for the same delivery: one that is sent again is known. */
function deliveryId(...parts: (string | number)[]): string {
  const digest = createHash('sha256').update(parts.join(' ')).digest('hex');
  return digest.replace(
    /^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/,
    '$1-$2-$3-$4-$5',
  );
}

/** A number that no other repository's fact has: GitHub counts across all. */
function globalId(fact: Fact): number {
  return Number.parseInt(
    deliveryId(fact.service.name, fact.type, fact.id).slice(0, 8),
    16,
  );
}

function repositoryOf({ service }: Fact) {
  return {
    name: service.repository.split('/')[1],
    full_name: service.repository,
    html_url: `https://git.larkspur.example/${service.repository}`,
    default_branch: 'main',
  };
}

function deploymentEvents(fact: Deployment): Event[] {
  const deployment = {
    id: globalId(fact),
    sha: fact.sha,
    ref: fact.ref,
    task: fact.rollback ? 'deploy:rollback' : 'deploy',
    environment: fact.environment,
    created_at: iso(fact.startedAt),
    updated_at: iso(fact.finishedAt),
    creator: { login: fact.author },
    // Several services live in this repository: the deployment says which it is of.
    payload: fact.service.shared
      ? { catalogEntity: `component:default/${fact.service.name}` }
      : {},
  };
  const repository = repositoryOf(fact);
  return [
    {
      at: fact.startedAt,
      event: 'deployment',
      payload: { action: 'created', deployment, repository },
    },
    {
      at: fact.finishedAt,
      event: 'deployment_status',
      payload: {
        action: 'created',
        deployment,
        deployment_status: {
          state: fact.status,
          environment: fact.environment,
          created_at: iso(fact.finishedAt),
          updated_at: iso(fact.finishedAt),
          target_url: addressOf(fact),
          log_url: addressOf(fact),
        },
        repository,
      },
    },
  ];
}

function pushEvent(fact: Change, mergedAt: number): Event {
  const path = `${fact.service.folder}src/${fact.id}.ts`;
  const commit = (id: string, message: string, at: number) => ({
    id,
    message,
    timestamp: iso(at),
    url: `https://git.larkspur.example/${fact.service.repository}/commit/${id}`,
    author: { name: fact.author, username: fact.author },
    added: [],
    removed: [],
    modified: [path],
  });
  const sha = fact.mergeSha ?? '';
  const commits = fact.squashed
    ? [commit(sha, `${fact.title} (#${fact.id})`, mergedAt)]
    : [
        ...fact.commits.map(({ sha: id, authoredAt }) =>
          commit(id, fact.title, authoredAt),
        ),
        commit(
          sha,
          `Merge pull request #${fact.id} from ${fact.author}/${fact.branch}\n\n${fact.title}`,
          mergedAt,
        ),
      ];
  return {
    at: mergedAt,
    event: 'push',
    payload: {
      ref: 'refs/heads/main',
      after: sha,
      deleted: false,
      repository: {
        ...repositoryOf(fact),
        pushed_at: Math.floor(mergedAt / 1000),
      },
      commits,
    },
  };
}

function changeEvents(fact: Change): Event[] {
  const pullRequest = (at: number, merged: boolean) => ({
    number: fact.id,
    title: fact.title,
    html_url: addressOf(fact),
    state: merged ? 'closed' : 'open',
    created_at: iso(fact.openedAt),
    updated_at: iso(at),
    closed_at: merged ? iso(at) : null,
    merged_at: merged ? iso(at) : null,
    merge_commit_sha: merged ? fact.mergeSha : null,
    user: { login: fact.author },
    head: { ref: fact.branch },
    base: { ref: 'main' },
  });
  const repository = repositoryOf(fact);
  const about = (action: string, at: number, merged = false): Event => ({
    at,
    event: 'pull_request',
    payload: { action, pull_request: pullRequest(at, merged), repository },
  });
  const { mergedAt, approvedAt } = fact;
  const pushed = mergedAt === undefined ? [] : [pushEvent(fact, mergedAt)];
  // A pull request names no files: of a shared repository only pushes tell whose it is.
  if (fact.service.shared) return pushed;
  return [
    about('opened', fact.openedAt),
    ...(mergedAt === undefined || approvedAt === undefined
      ? []
      : [
          {
            at: approvedAt,
            event: 'pull_request_review',
            payload: {
              action: 'submitted',
              pull_request: pullRequest(approvedAt, false),
              review: {
                state: 'approved',
                submitted_at: iso(approvedAt),
                user: { login: 'reviewer', type: 'User' },
              },
              repository,
            },
          },
          about('closed', mergedAt, true),
        ]),
    ...pushed,
  ];
}

function incidentEvents(fact: Incident): Event[] {
  const about = (kind: string, at: number): Event => ({
    at,
    event: kind,
    payload: {
      event: {
        id: deliveryId(incidentId(fact), kind),
        event_type: `incident.${kind}`,
        resource_type: 'incident',
        occurred_at: iso(at),
        data: {
          id: incidentId(fact),
          type: 'incident',
          html_url: addressOf(fact),
          number: fact.id,
          title: fact.title,
          status: kind,
          urgency: fact.severity === 'P3' ? 'low' : 'high',
          priority: { summary: fact.severity },
          created_at: iso(fact.createdAt),
          service: { id: fact.service.pager, summary: fact.service.name },
        },
      },
    },
  });
  return [
    about('triggered', fact.createdAt),
    ...(fact.resolvedAt === undefined
      ? []
      : [about('resolved', fact.resolvedAt)]),
  ];
}

function signed(
  source: Webhook['source'],
  event: Event,
  secret: string,
): Webhook {
  const body = JSON.stringify(event.payload);
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  return {
    source,
    at: event.at,
    body,
    headers: {
      'content-type': 'application/json',
      ...(source === 'github'
        ? {
            'x-github-event': event.event,
            'x-github-delivery': deliveryId(event.event, body),
            'x-hub-signature-256': `sha256=${signature}`,
          }
        : { 'x-pagerduty-signature': `v1=${signature}` }),
    },
  };
}

/** What GitHub and PagerDuty sent about the facts, in the order of sending. */
export function webhooksOf(facts: Fact[], secrets: SigningSecrets): Webhook[] {
  return facts
    .flatMap(fact => {
      switch (fact.type) {
        case 'deployment':
          return deploymentEvents(fact).map(event =>
            signed('github', event, secrets.github),
          );
        case 'change':
          return changeEvents(fact).map(event =>
            signed('github', event, secrets.github),
          );
        default:
          return incidentEvents(fact).map(event =>
            signed('pagerduty', event, secrets.pagerduty),
          );
      }
    })
    .sort((a, b) => a.at - b.at);
}
