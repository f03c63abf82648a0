import {
  causeIn,
  facts,
  hasLabel,
  identifier,
  ignored,
  instant,
  optional,
  optionalText,
  readShape,
  requalified,
  serviceIn,
  severityIn,
  text,
  webUrl,
  type IncidentFact,
  type Reading,
} from '@waymark/plugin-dora-node';
import { z } from 'zod';
import type { GithubSettings } from './config';
import { deploymentId } from './deployment';
import { repositoryShape, serviceOf } from './repository';

const labelShape = z.object({ name: text });

const issuesEvent = z.object({
  action: text,
  repository: repositoryShape,
  label: optional(labelShape),
  issue: z.object({
    number: identifier,
    title: text,
    body: optionalText,
    html_url: webUrl,
    created_at: instant,
    updated_at: instant,
    closed_at: optional(instant),
    labels: z.array(labelShape).default([]),
  }),
});

/** What the labels say of the cause, as they are and as they were. */
function isChangeRelated(
  labels: string[],
  before: string[],
  { notChangeRelatedLabels }: GithubSettings,
): Pick<IncidentFact, 'isChangeRelated'> {
  if (hasLabel(labels, notChangeRelatedLabels)) {
    return { isChangeRelated: false };
  }
  // Said only when it was said otherwise before.
  return hasLabel(before, notChangeRelatedLabels)
    ? { isChangeRelated: true }
    : {};
}

/** The labels before the one was set or taken away that the event is about. */
function labelsBefore(
  labels: string[],
  action: string,
  changed: string | undefined,
): string[] {
  if (changed === undefined) return labels;
  if (action === 'unlabeled') return [...labels, changed];
  return action === 'labeled'
    ? labels.filter(label => label !== changed)
    : labels;
}

/** `issues`: an incident where a label says so. */
export function readIssue(payload: unknown, settings: GithubSettings): Reading {
  const { action, issue, label, repository } = readShape(
    issuesEvent,
    payload,
    'The GitHub issues event',
  );
  const labels = issue.labels.map(({ name }) => name);
  const before = labelsBefore(labels, action, label?.name);
  const is = hasLabel(labels, settings.incidentLabels);
  const was = hasLabel(before, settings.incidentLabels);
  if (!is && !was) {
    return ignored(
      `The issue has none of the labels ${settings.incidentLabels.join(
        ', ',
      )}, so it is no incident`,
    );
  }
  if (action === 'deleted' || action === 'transferred') {
    return ignored(
      `The issue was ${action}; mark the incident as not change-related if it was none`,
    );
  }
  const named = serviceIn(labels);
  return facts({
    type: 'incident',
    id: `issue:${repository.full_name.toLowerCase()}#${issue.number}`,
    idIsUnique: true,
    service: named ? { entity: named } : serviceOf(repository),
    title: issue.title,
    severity: severityIn(labels),
    createdAt: issue.created_at,
    ...(action === 'reopened'
      ? { resolvedAt: null }
      : { resolvedAt: issue.closed_at }),
    causedBy: causeIn(issue.body, deploymentId),
    ...requalified(was, is, issue.updated_at, issue.closed_at),
    ...isChangeRelated(labels, before, settings),
    url: issue.html_url,
    observedAt: issue.updated_at,
  });
}
