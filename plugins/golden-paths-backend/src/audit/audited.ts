import type { AuditorService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import { callerName } from '@waymark/plugin-authorization-node';
import type { Caller } from '../caller';

/**
 * Does something, and writes down who asked for what, what came of it, and
 * what was refused.
 *
 * @param outcome - what of the result is written down
 */
export async function audited<T>(
  auditor: AuditorService,
  eventId: string,
  { asked, caller }: { asked: JsonObject; caller: Caller },
  act: () => Promise<T>,
  outcome: (result: T) => JsonObject,
): Promise<T> {
  const event = await auditor.createEvent({
    eventId,
    severityLevel: 'medium',
    meta: { by: callerName(caller.credentials), ...asked },
  });
  try {
    const result = await act();
    await event.success({ meta: outcome(result) });
    return result;
  } catch (error) {
    await event.fail({
      error: error instanceof Error ? error : new Error(String(error)),
    });
    throw error;
  }
}
