import { instant, readShape, text } from '@waymark/plugin-dora-node';
import { z } from 'zod';

const eventShape = z.object({
  event: z.object({
    id: text,
    event_type: text,
    occurred_at: instant,
    data: z.unknown(),
  }),
});

/** What PagerDuty wraps around everything it says. */
export type PagerdutyEvent = z.output<typeof eventShape>['event'];

/** @throws InputError when it is not a version 3 webhook */
export function readEvent(payload: unknown): PagerdutyEvent {
  return readShape(eventShape, payload, 'The PagerDuty webhook').event;
}
