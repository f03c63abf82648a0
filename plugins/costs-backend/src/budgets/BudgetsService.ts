import type {
  Budget,
  BudgetOrder,
  BudgetPage,
  BudgetsQuery,
} from '@waymark/plugin-costs-common';
import type { Caller } from '../import/ImportsService';
import type { BudgetTerms } from './Budget';

/** A budget after a write, and what it was before; null where there was none. */
export type BudgetWrite = { before: BudgetTerms | null; budget: Budget };

/** What groups, systems and components may spend. */
export interface BudgetsService {
  /** @param within - groups that must own what they are for; any when absent */
  list(
    query: BudgetsQuery,
    caller: Caller,
    within?: string[],
  ): Promise<BudgetPage>;

  /** @throws NotFoundError when there is none */
  find(id: string, caller: Caller): Promise<Budget>;

  /**
   * Sets a budget, or changes it as it was at a version; the same again
   * changes nothing.
   *
   * @throws InputError when it makes no sense
   * @throws NotFoundError when the catalog knows no such entity, or there is no such budget
   * @throws ConflictError when somebody else changed it, or there is one for the same
   */
  put(id: string, order: BudgetOrder, caller: Caller): Promise<BudgetWrite>;

  /**
   * Ends a budget as it was at a version.
   *
   * @returns what it was; nothing when it was ended before
   * @throws NotFoundError when there never was one
   * @throws ConflictError when somebody else changed it
   */
  end(
    id: string,
    version: number,
    caller: Caller,
  ): Promise<BudgetTerms | undefined>;
}
