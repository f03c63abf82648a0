import {
  facts,
  optionalText,
  readShape,
  text,
  type DeploymentFact,
  type Reading,
} from '@waymark/plugin-dora-node';
import { z } from 'zod';
import type { CdEvent } from './cdEvent';
import { commitIn } from './commit';

const contentShape = z.object({
  subject: z.object({
    content: z.object({
      environment: z.object({ id: text }),
      artifactId: optionalText,
    }),
  }),
});

/** `service.deployed`, `service.upgraded`, `service.rolledback`: a deployment. */
export function readService(
  event: CdEvent,
  kind?: DeploymentFact['kind'],
): Reading {
  const { context, subject, customData } = event;
  const {
    subject: { content },
  } = readShape(contentShape, event, `The CDEvent ${context.type}`);
  return facts({
    type: 'deployment',
    id: context.id,
    service: { entity: subject.id },
    environment: content.environment.id,
    status: 'success',
    finishedAt: context.timestamp,
    sha: commitIn(customData, content.artifactId),
    title: content.artifactId,
    kind,
    observedAt: context.timestamp,
  });
}
