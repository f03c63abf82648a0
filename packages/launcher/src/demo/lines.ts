import type { Deliverer } from './deliverers.ts';
import type { Fact } from './facts.ts';

const git = 'https://git.larkspur.example';

/** An instant as programs write it. */
export function iso(instant: number): string {
  return new Date(instant).toISOString();
}

const maybeIso = (instant: number | undefined) =>
  instant === undefined ? undefined : iso(instant);

/** Where people read about a fact. */
export function addressOf(fact: Fact): string {
  const { repository } = fact.service;
  switch (fact.type) {
    case 'deployment':
      return `${git}/${repository}/actions/runs/${fact.id}`;
    case 'change':
      return `${git}/${repository}/pull/${fact.id}`;
    default:
      return `https://larkspur.pagerduty.example/incidents/${incidentId(fact)}`;
  }
}

/** What the incident system calls an incident. */
export function incidentId(fact: Fact): string {
  return `Q${fact.service.pager ?? ''}${fact.id}`;
}

/** Named alone by an incident, so no other service has a deployment of this name. */
function deploymentId({ name }: Deliverer, id: number): string {
  return `${name}/${id}`;
}

function said(fact: Fact): Record<string, unknown> {
  switch (fact.type) {
    case 'deployment':
      return {
        id: deploymentId(fact.service, fact.id),
        environment: fact.environment,
        status: fact.status,
        startedAt: iso(fact.startedAt),
        finishedAt: iso(fact.finishedAt),
        sha: fact.sha,
        ref: fact.ref,
        author: fact.author,
        ...(fact.rollback && { kind: 'rollback' }),
      };
    case 'change':
      return {
        id: `pr:${fact.id}`,
        number: fact.id,
        title: fact.title,
        author: fact.author,
        ref: fact.branch,
        firstCommitAt: iso(fact.commits[0].authoredAt),
        openedAt: iso(fact.openedAt),
        firstReviewAt: maybeIso(fact.firstReviewAt),
        approvedAt: maybeIso(fact.approvedAt),
        mergedAt: maybeIso(fact.mergedAt),
        mergeSha: fact.mergeSha,
        commits: fact.commits.map(({ sha, authoredAt }) => ({
          sha,
          authoredAt: iso(authoredAt),
        })),
      };
    default:
      return {
        id: incidentId(fact),
        title: fact.title,
        severity: fact.severity,
        createdAt: iso(fact.createdAt),
        resolvedAt: maybeIso(fact.resolvedAt) ?? null,
        ...(fact.causedBy !== undefined && {
          causedBy: { deployment: deploymentId(fact.service, fact.causedBy) },
        }),
        ...(fact.isChangeRelated === false && { isChangeRelated: false }),
      };
  }
}

/** A fact as a line of an import. */
export function lineOf(fact: Fact): string {
  return JSON.stringify({
    type: fact.type,
    service: `component:default/${fact.service.name}`,
    url: addressOf(fact),
    ...said(fact),
  });
}
