import {
  causeIn,
  facts,
  ignored,
  optionalText,
  readShape,
  serviceIn,
  text,
  unixMillis,
  type Reading,
  type ServiceHint,
} from '@waymark/plugin-dora-node';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type { OpsgenieSettings } from './config';

/** Opsgenie gives some moments in milliseconds and some in nanoseconds. */
const moment = z
  .number()
  .transform(given => (given > 1e15 ? Math.floor(given / 1e6) : given))
  .pipe(unixMillis);

const alertEvent = z.object({
  action: text,
  alert: z.object({
    alertId: text,
    message: optionalText,
    description: optionalText,
    entity: optionalText,
    tags: z.array(text).default([]),
    priority: optionalText,
    createdAt: moment,
    updatedAt: moment,
  }),
});

/** The actions that say something new; the others are notes, owners and snoozes. */
const telling = new Set([
  'Create',
  'Acknowledge',
  'UpdatePriority',
  'UpdateMessage',
  'AddTags',
  'RemoveTags',
  'Close',
]);

function serviceOf(alert: { tags: string[]; entity?: string }): ServiceHint {
  const named = serviceIn(alert.tags) ?? alert.entity;
  if (named) return { entity: named };
  const [tag] = alert.tags;
  if (!tag) {
    throw new InputError(
      'The Opsgenie alert names no service: give it a tag such as service:order-service',
    );
  }
  return {
    annotation: 'opsgenie.com/component-selector',
    value: `tag:"${tag}"`,
  };
}

/** An alert that was opened, changed or closed. */
export function readAlert(
  payload: unknown,
  settings: OpsgenieSettings,
): Reading {
  const { action, alert } = readShape(
    alertEvent,
    payload,
    'The Opsgenie webhook',
  );
  if (!telling.has(action)) {
    return ignored(`Opsgenie's ${action} says nothing new of an incident`);
  }
  if (alert.priority && !settings.priorities.includes(alert.priority)) {
    return ignored(
      `The alert has the priority ${
        alert.priority
      }; incidents are those of ${settings.priorities.join(', ')}`,
    );
  }
  return facts({
    type: 'incident',
    id: alert.alertId,
    idIsUnique: true,
    service: serviceOf(alert),
    title: alert.message,
    severity: alert.priority,
    createdAt: alert.createdAt,
    ...(action === 'Close' && { resolvedAt: alert.updatedAt }),
    causedBy: causeIn(alert.description) ?? causeIn(alert.message),
    observedAt: alert.updatedAt,
  });
}
