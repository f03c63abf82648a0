import { instant, readShape, text } from '@waymark/plugin-dora-node';
import { z } from 'zod';

// Fields that only some versions have, such as context.version (to 0.4) and
// context.specversion (since 0.5), are not needed and so not asked for.
const eventShape = z.object({
  context: z.object({ id: text, type: text, timestamp: instant }),
  subject: z.object({
    id: text,
    content: z.unknown(),
  }),
  customData: z.unknown().optional(),
});

/** What every CDEvent has. */
export type CdEvent = z.output<typeof eventShape>;

/** @throws InputError when it is no CDEvent */
export function readCdEvent(data: unknown): CdEvent {
  return readShape(eventShape, data, 'The CDEvent');
}

/** `dev.cdevents.service.deployed.0.2.0` is about `service.deployed`. */
export function topicOf({ context }: CdEvent): string | undefined {
  return context.type.match(
    /^dev\.cdevents\.([a-z]+\.[a-z]+)\.\d+\.\d+\.\d+(?:-[\w.]+)?$/,
  )?.[1];
}
