import {
  causeIn,
  facts,
  optionalText,
  readShape,
  text,
  webUrl,
  type IncidentFact,
  type Reading,
} from '@waymark/plugin-dora-node';
import { z } from 'zod';
import type { CdEvent } from './cdEvent';

const contentShape = z.object({
  subject: z.object({
    content: z.object({
      description: optionalText,
      service: z.object({ id: text }),
      ticketURI: webUrl,
    }),
  }),
});

/** `incident.detected`, `incident.reported`, `incident.resolved`. */
export function readIncident(
  event: CdEvent,
  moment: 'createdAt' | 'resolvedAt',
): Reading {
  const { context, subject } = event;
  const {
    subject: { content },
  } = readShape(contentShape, event, `The CDEvent ${context.type}`);
  const said: Pick<IncidentFact, 'createdAt' | 'resolvedAt'> = {
    [moment]: context.timestamp,
  };
  return facts({
    type: 'incident',
    id: subject.id,
    service: { entity: content.service.id },
    title: content.description,
    ...said,
    causedBy: causeIn(content.description),
    url: content.ticketURI,
    observedAt: context.timestamp,
  });
}
