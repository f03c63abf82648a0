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
import type { GitlabSettings } from './config';
import { deploymentId } from './deployment';
import { projectShape, serviceOf } from './project';

const labelsShape = z.array(z.object({ title: text })).default([]);

const issueEvent = z.object({
  project: projectShape,
  changes: optional(
    z.object({ labels: optional(z.object({ previous: labelsShape })) }),
  ),
  object_attributes: z.object({
    iid: identifier,
    title: text,
    description: optionalText,
    type: optionalText,
    action: optionalText,
    severity: optionalText,
    created_at: instant,
    updated_at: instant,
    closed_at: optional(instant),
    url: webUrl,
    labels: labelsShape,
  }),
});

type Issue = z.output<typeof issueEvent>['object_attributes'];

function resolution(issue: Issue): Pick<IncidentFact, 'resolvedAt'> {
  if (issue.action === 'reopen') return { resolvedAt: null };
  if (issue.closed_at) return { resolvedAt: issue.closed_at };
  return issue.action === 'close' ? { resolvedAt: issue.updated_at } : {};
}

/** `issue` and `work_item`: an incident where its type or a label says so. */
export function readIssue(payload: unknown, settings: GitlabSettings): Reading {
  const {
    project,
    changes,
    object_attributes: issue,
  } = readShape(issueEvent, payload, 'The GitLab issue event');
  const labels = issue.labels.map(({ title }) => title);
  const before = changes?.labels?.previous.map(({ title }) => title) ?? labels;
  const { incidentLabels, notChangeRelatedLabels } = settings;
  const isByType = issue.type?.toLowerCase() === 'incident';
  const is = isByType || hasLabel(labels, incidentLabels);
  const was = isByType || hasLabel(before, incidentLabels);
  if (!is && !was) {
    return ignored(
      `The issue is no incident: neither is that its type, nor has it one of the labels ${incidentLabels.join(
        ', ',
      )}`,
    );
  }
  const named = serviceIn(labels);
  // Webhooks write it in lower case, the API in upper case.
  const given = issue.severity?.toLowerCase();
  const severity = given === 'unknown' ? undefined : given;
  return facts({
    type: 'incident',
    id: `issue:${project.path_with_namespace.toLowerCase()}#${issue.iid}`,
    idIsUnique: true,
    service: named ? { entity: named } : serviceOf(project, settings),
    title: issue.title,
    severity: severity ?? severityIn(labels),
    createdAt: issue.created_at,
    ...resolution(issue),
    causedBy: causeIn(issue.description, deploymentId),
    ...requalified(was, is, issue.updated_at, issue.closed_at),
    ...(hasLabel(labels, notChangeRelatedLabels) && { isChangeRelated: false }),
    url: issue.url,
    observedAt: issue.updated_at,
  });
}
