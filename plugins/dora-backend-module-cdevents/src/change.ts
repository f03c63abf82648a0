import {
  facts,
  optionalText,
  readShape,
  text,
  type ChangeFact,
  type Reading,
  type ServiceHint,
} from '@waymark/plugin-dora-node';
import { z } from 'zod';
import type { CdEvent } from './cdEvent';
import { commitIn } from './commit';

const contentShape = z.object({
  subject: z.object({
    content: z.object({
      description: optionalText,
      repository: z.object({ id: text, source: optionalText }),
    }),
  }),
});

function serviceOf(repository: { id: string; source?: string }): ServiceHint {
  const host = /gitlab/i.test(repository.source ?? '') ? 'gitlab' : 'github';
  return { annotation: `${host}.com/project-slug`, value: repository.id };
}

type Moment = 'openedAt' | 'firstReviewAt' | 'mergedAt' | 'closedAt';

/** `change.created`, `change.reviewed`, `change.merged`, `change.abandoned`. */
export function readChange(event: CdEvent, moment: Moment): Reading {
  const { context, subject, customData } = event;
  const {
    subject: { content },
  } = readShape(contentShape, event, `The CDEvent ${context.type}`);
  const said: Pick<ChangeFact, Moment> = { [moment]: context.timestamp };
  return facts({
    type: 'change',
    id: subject.id,
    service: serviceOf(content.repository),
    number: /^\d+$/.test(subject.id) ? subject.id : undefined,
    title: content.description,
    ...said,
    ...(moment === 'mergedAt' && { mergeSha: commitIn(customData) }),
    observedAt: context.timestamp,
  });
}
