import {
  causeIn,
  facts,
  ignored,
  instant,
  optional,
  optionalText,
  readShape,
  text,
  webUrl,
  type IncidentFact,
  type Reading,
} from '@waymark/plugin-dora-node';
import { z } from 'zod';
import type { PagerdutyEvent } from './event';

const incidentShape = z.object({
  id: text,
  title: optionalText,
  html_url: webUrl,
  created_at: instant,
  urgency: optionalText,
  priority: optional(z.object({ summary: optionalText })),
  service: z.object({ id: text }),
});

/** When the incident ended, as an event says. */
type End = (occurredAt: string) => Pick<IncidentFact, 'resolvedAt'>;

const ends: ReadonlyMap<string, End> = new Map<string, End>([
  ['incident.triggered', () => ({})],
  ['incident.acknowledged', () => ({})],
  ['incident.unacknowledged', () => ({})],
  ['incident.escalated', () => ({})],
  ['incident.priority_updated', () => ({})],
  ['incident.service_updated', () => ({})],
  ['incident.resolved', occurredAt => ({ resolvedAt: occurredAt })],
  ['incident.reopened', () => ({ resolvedAt: null })],
]);

/** `incident.*`: an incident that began, changed, ended or began again. */
export function readIncident(event: PagerdutyEvent): Reading {
  const { event_type: type, occurred_at: occurredAt, data } = event;
  const end = ends.get(type);
  if (!end) {
    return ignored(`PagerDuty's ${type} event says nothing new of an incident`);
  }
  const incident = readShape(
    incidentShape,
    data,
    `The PagerDuty ${type} event`,
  );
  return facts({
    type: 'incident',
    id: incident.id,
    idIsUnique: true,
    service: {
      annotation: 'pagerduty.com/service-id',
      value: incident.service.id,
    },
    title: incident.title,
    severity: incident.priority?.summary ?? incident.urgency,
    createdAt: incident.created_at,
    ...end(occurredAt),
    causedBy: causeIn(incident.title),
    url: incident.html_url,
    observedAt: occurredAt,
  });
}
