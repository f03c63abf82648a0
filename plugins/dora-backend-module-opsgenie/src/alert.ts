import {
  causeIn,
  facts,
  ignored,
  optionalText,
  readShape,
  requalified,
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
    oldPriority: optionalText,
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
  const { priority, oldPriority } = alert;
  // An alert that does not tell its priority is taken for an incident.
  const isHigh = (given: string | undefined) =>
    given === undefined || settings.priorities.includes(given);
  const is = isHigh(priority);
  const was = action === 'UpdatePriority' ? isHigh(oldPriority) : is;
  if (!is && !was) {
    return ignored(
      `The alert has the priority ${priority}; incidents are those of ${settings.priorities.join(
        ', ',
      )}`,
    );
  }
  return facts({
    type: 'incident',
    id: alert.alertId,
    idIsUnique: true,
    service: serviceOf(alert),
    title: alert.message,
    severity: priority,
    createdAt: alert.createdAt,
    ...requalified(was, is, alert.updatedAt, undefined),
    ...(action === 'Close' && { resolvedAt: alert.updatedAt }),
    causedBy: causeIn(alert.description) ?? causeIn(alert.message),
    observedAt: alert.updatedAt,
  });
}
