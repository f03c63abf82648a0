import type { BudgetOrder, BudgetsQuery } from '@waymark/plugin-costs-common';
import type { Caller } from '../import/ImportsService';
import type { Audit } from '../audit/Audit';
import { termsOf } from './Budget';
import type { BudgetsService } from './BudgetsService';

/** Writes down who set which budget, what it was before, and what was refused. */
export class AuditedBudgets implements BudgetsService {
  readonly #budgets: BudgetsService;
  readonly #audit: Audit;

  constructor(budgets: BudgetsService, audit: Audit) {
    this.#budgets = budgets;
    this.#audit = audit;
  }

  list(query: BudgetsQuery, caller: Caller) {
    return this.#budgets.list(query, caller);
  }

  find(id: string, caller: Caller) {
    return this.#budgets.find(id, caller);
  }

  put(id: string, order: BudgetOrder, caller: Caller) {
    const asked = { id, asked: { ...order } };
    return this.#audit.note('budget-set', asked, caller, async () => {
      const result = await this.#budgets.put(id, order, caller);
      const { before, budget } = result;
      return { result, meta: { before, after: termsOf(budget) } };
    });
  }

  end(id: string, version: number, caller: Caller) {
    const asked = { id, version };
    return this.#audit.note('budget-end', asked, caller, async () => {
      const before = await this.#budgets.end(id, version, caller);
      return { result: before, meta: { before: before ?? null, after: null } };
    });
  }
}
