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
  text,
  unixMillis,
  webUrl,
  type IncidentFact,
  type Reading,
  type ServiceHint,
} from '@waymark/plugin-dora-node';
import { z } from 'zod';
import type { JiraSettings } from './config';

const named = z.object({ name: text });

const issueShape = z.object({
  id: optional(identifier),
  key: text,
  self: webUrl,
  fields: z.object({
    summary: text,
    description: z.unknown().optional(),
    created: instant,
    resolutiondate: optional(instant),
    issuetype: named,
    project: z.object({ key: text }),
    priority: optional(named),
    components: z.array(named).default([]),
    labels: z.array(text).default([]),
    status: optional(
      z.object({ statusCategory: optional(z.object({ key: optionalText })) }),
    ),
  }),
});

const issueEvent = z.object({
  timestamp: unixMillis,
  issue: issueShape,
  changelog: optional(
    z.object({
      items: z.array(
        z.object({
          field: optionalText,
          fromString: optionalText,
          to: optionalText,
        }),
      ),
    }),
  ),
});

type IssueEvent = z.output<typeof issueEvent>;

function serviceOf(
  fields: IssueEvent['issue']['fields'],
  settings: JiraSettings,
): ServiceHint {
  const service = serviceIn(fields.labels);
  if (service) return { entity: service };
  const [component] = fields.components;
  return settings.serviceBy === 'component' && component
    ? // Components of two projects may have the same name.
      {
        annotation: 'jira/component',
        value: `${fields.project.key}/${component.name}`,
      }
    : { annotation: 'jira/project-key', value: fields.project.key };
}

function resolution(event: IssueEvent): Pick<IncidentFact, 'resolvedAt'> {
  const { resolutiondate, status } = event.issue.fields;
  if (resolutiondate) return { resolvedAt: resolutiondate };
  const changed = event.changelog?.items ?? [];
  const moved = changed.some(({ field }) => field === 'status');
  // Workflows that set no resolution end an issue by its status alone.
  if (moved && status?.statusCategory?.key === 'done') {
    return { resolvedAt: event.timestamp };
  }
  const cleared = changed.some(
    ({ field, to }) => field === 'resolution' && !to,
  );
  return moved || cleared ? { resolvedAt: null } : {};
}

/** Where a person opens the issue. */
function pageOf({ key, self }: IssueEvent['issue']): string | undefined {
  return self && URL.canParse(self)
    ? `${new URL(self).origin}/browse/${encodeURIComponent(key)}`
    : undefined;
}

/** An issue that was created or changed: an incident where its type says so. */
export function readIssue(payload: unknown, settings: JiraSettings): Reading {
  const event = readShape(issueEvent, payload, 'The Jira webhook');
  const { issue } = event;
  const { fields } = issue;
  const { issueTypes } = settings;
  const before = event.changelog?.items.find(
    ({ field }) => field === 'issuetype',
  )?.fromString;
  const is = hasLabel([fields.issuetype.name], issueTypes);
  const was = before === undefined ? is : hasLabel([before], issueTypes);
  if (!is && !was) {
    return ignored(
      `The issue is of the type ${
        fields.issuetype.name
      }; incidents are those of ${issueTypes.join(', ')}`,
    );
  }
  const { description } = fields;
  return facts({
    type: 'incident',
    // Moved to another project, an issue keeps its id and gets another key.
    ...(issue.id ? { id: issue.id, formerId: issue.key } : { id: issue.key }),
    idIsUnique: true,
    service: serviceOf(fields, settings),
    title: fields.summary,
    severity: fields.priority?.name,
    createdAt: fields.created,
    ...resolution(event),
    ...requalified(was, is, event.timestamp, fields.resolutiondate),
    // Descriptions are text, or a tree of which only the words matter here.
    causedBy: causeIn(
      typeof description === 'string'
        ? description
        : JSON.stringify(description),
    ),
    ...(hasLabel(fields.labels, settings.notChangeRelatedLabels) && {
      isChangeRelated: false,
    }),
    url: pageOf(issue),
    observedAt: event.timestamp,
  });
}
