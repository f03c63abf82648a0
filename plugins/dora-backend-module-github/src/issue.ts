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

/** What the labels, or the label just set or taken away, say of the cause. */
function isChangeRelated(
  labels: string[],
  settings: GithubSettings,
  change: { action: string; label: string[] },
): Pick<IncidentFact, 'isChangeRelated'> {
  const { incidentLabels, notChangeRelatedLabels } = settings;
  const notRelated = hasLabel(labels, notChangeRelatedLabels);
  const noIncident = !hasLabel(labels, incidentLabels);
  if (notRelated || noIncident) return { isChangeRelated: false };
  // Said only when it was said otherwise before.
  const isBack =
    (change.action === 'labeled' && hasLabel(change.label, incidentLabels)) ||
    (change.action === 'unlabeled' &&
      hasLabel(change.label, notChangeRelatedLabels));
  return isBack ? { isChangeRelated: true } : {};
}

/** `issues`: an incident where a label says so. */
export function readIssue(payload: unknown, settings: GithubSettings): Reading {
  const { action, issue, label, repository } = readShape(
    issuesEvent,
    payload,
    'The GitHub issues event',
  );
  const labels = issue.labels.map(({ name }) => name);
  const changed = label ? [label.name] : [];
  // An issue that has just lost the label was reported as an incident.
  const known = action === 'unlabeled' ? [...labels, ...changed] : labels;
  if (!hasLabel(known, settings.incidentLabels)) {
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
    ...isChangeRelated(labels, settings, { action, label: changed }),
    url: issue.html_url,
    observedAt: issue.updated_at,
  });
}
