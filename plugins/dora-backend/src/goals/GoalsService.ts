import type {
  Goal,
  GoalChange,
  GoalPage,
  GoalsQuery,
  NewGoal,
} from '@waymark/plugin-dora-common';
import type { Caller } from '../metrics/MetricsService';
import type { GoalTerms } from './Goal';

/** What groups want their metrics to be. */
export interface GoalsService {
  /** @throws InputError and NotFoundError when `entityRef` is no group that the catalog knows */
  list(query: GoalsQuery, caller: Caller): Promise<GoalPage>;

  /** @throws NotFoundError when there is none */
  find(id: string, caller: Caller): Promise<Goal>;

  /**
   * @throws InputError when it makes no sense
   * @throws NotFoundError when the catalog knows no such group
   * @throws ConflictError when the group pursues such a goal already
   */
  set(goal: NewGoal, caller: Caller): Promise<Goal>;

  /**
   * @returns the goal, and what it was before
   * @throws InputError when it makes no sense
   * @throws NotFoundError when no such goal is pursued
   */
  change(
    id: string,
    change: GoalChange,
    caller: Caller,
  ): Promise<{ before: GoalTerms; goal: Goal }>;

  /** @throws NotFoundError when no such goal is pursued */
  end(id: string, caller: Caller): Promise<Goal>;
}
