import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { BudgetStatus } from '@waymark/plugin-costs-common';
import type { StoredBudget } from './Budget';
import type { BudgetMeasurer } from './BudgetMeasurer';
import type { BudgetStore } from './BudgetStore';
import { crossingNotice } from './notices';
import { crossingsOf } from './status';

/** Looks where budgets stand, and tells owners once of each threshold in each period. */
export class BudgetWatch {
  readonly #store: BudgetStore;
  readonly #measurer: BudgetMeasurer;
  readonly #notifications: NotificationService;
  readonly #logger: LoggerService;

  constructor(options: {
    store: BudgetStore;
    measurer: BudgetMeasurer;
    notifications: NotificationService;
    logger: LoggerService;
  }) {
    this.#store = options.store;
    this.#measurer = options.measurer;
    this.#notifications = options.notifications;
    this.#logger = options.logger;
  }

  /**
   * Looks once. What could not be told is told the next time.
   *
   * @param asOf - the day that is not over
   */
  async look(asOf: string): Promise<void> {
    const budgets = await this.#store.all();
    const measured = await this.#measurer.measure(budgets, asOf);
    for (const budget of budgets) {
      await this.#lookAt(budget, measured.get(budget.id)!);
    }
  }

  async #lookAt(budget: StoredBudget, status: BudgetStatus): Promise<void> {
    const { ownerRef } = budget;
    if (!ownerRef) return;
    try {
      await this.#store.note(
        budget,
        status.outlook.from,
        crossingsOf(budget, status.outlook),
        fresh =>
          this.#notifications.send({
            recipients: { type: 'entity', entityRef: ownerRef },
            payload: crossingNotice(budget, status, fresh),
          }),
      );
    } catch (error) {
      this.#logger.warn(
        `That ${budget.entityRef} crossed its budget ${budget.id} could not be told, and is told later: ${error}`,
      );
    }
  }
}
