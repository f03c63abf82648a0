import type { AuditorService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import { callerName } from '@waymark/plugin-authorization-node';
import type { Caller } from '../import/ImportsService';

/** Writes down who did what, and what was refused. */
export class Audit {
  readonly #auditor: AuditorService;

  constructor(auditor: AuditorService) {
    this.#auditor = auditor;
  }

  /**
   * Does something and writes down that it was done, or why it was not.
   *
   * @param asked - what was asked for
   * @param act - answers with what is to be written down of it
   */
  async note<T>(
    eventId: string,
    asked: JsonObject,
    caller: Caller,
    act: () => Promise<{ result: T; meta: JsonObject }>,
  ): Promise<T> {
    const event = await this.#auditor.createEvent({
      eventId,
      severityLevel: 'medium',
      meta: { by: callerName(caller.credentials), ...asked },
    });
    try {
      const { result, meta } = await act();
      await event.success({ meta });
      return result;
    } catch (error) {
      await event.fail({
        error: error instanceof Error ? error : new Error(String(error)),
      });
      throw error;
    }
  }
}
