import type { AuditorService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type {
  GoalChange,
  GoalsQuery,
  NewGoal,
} from '@waymark/plugin-dora-common';
import { callerName } from '@waymark/plugin-authorization-node';
import type { Caller } from '../metrics/MetricsService';
import { termsOf } from './Goal';
import type { GoalsService } from './GoalsService';

/** Writes down who set which goal, what it was before, and what was refused. */
export class AuditedGoals implements GoalsService {
  readonly #goals: GoalsService;
  readonly #auditor: AuditorService;

  constructor(goals: GoalsService, auditor: AuditorService) {
    this.#goals = goals;
    this.#auditor = auditor;
  }

  list(query: GoalsQuery, caller: Caller) {
    return this.#goals.list(query, caller);
  }

  find(id: string, caller: Caller) {
    return this.#goals.find(id, caller);
  }

  set(goal: NewGoal, caller: Caller) {
    return this.#audit('goal-set', { asked: { ...goal } }, caller, async () => {
      const result = await this.#goals.set(goal, caller);
      return { result, meta: { id: result.id, after: termsOf(result) } };
    });
  }

  change(id: string, change: GoalChange, caller: Caller) {
    const asked = { id, asked: { ...change } };
    return this.#audit('goal-change', asked, caller, async () => {
      const result = await this.#goals.change(id, change, caller);
      const { before, goal } = result;
      return { result, meta: { before, after: termsOf(goal) } };
    });
  }

  end(id: string, caller: Caller) {
    return this.#audit('goal-end', { id }, caller, async () => {
      const result = await this.#goals.end(id, caller);
      return { result, meta: { before: termsOf(result), after: null } };
    });
  }

  async #audit<T>(
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
