import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  BudgetBook,
  BudgetStanding,
} from '@waymark/plugin-infrastructure-node';
import type { InfrastructureSettings } from '../config';

/** What a group may spend: by its budget, by the configuration, or nobody knows. */
export type BudgetLimit =
  | ({ by: 'budget' } & BudgetStanding)
  | { by: 'allowance'; limit: number | null }
  | { by: 'nobody' };

/** People wait for a form; a budget that takes longer is unknown. */
const patienceMs = 3_000;

/**
 * Knows the one budget that counts for a group: the one that is set under
 * Costs, and only where there is none, the allowance of the configuration.
 */
export class Budgets {
  readonly #book: BudgetBook | undefined;
  readonly #allowances: InfrastructureSettings['allowances'];
  readonly #logger: LoggerService;

  constructor(options: {
    /** Undefined in a portal that keeps no budgets. */
    book: BudgetBook | undefined;
    allowances: InfrastructureSettings['allowances'];
    logger: LoggerService;
  }) {
    this.#book = options.book;
    this.#allowances = options.allowances;
    this.#logger = options.logger;
  }

  /** What an owner may spend. A book that does not answer makes it unknown, and not unlimited. */
  async of(owner: string): Promise<BudgetLimit> {
    try {
      const standing = await this.#book?.of(owner, {
        signal: AbortSignal.timeout(patienceMs),
      });
      if (standing) return { by: 'budget', ...standing };
    } catch (error) {
      this.#logger.error(`The budget of ${owner} could not be read: ${error}`);
      return { by: 'nobody' };
    }
    const { default: general, groups } = this.#allowances;
    return {
      by: 'allowance',
      limit: groups[owner]?.budget ?? general.budget ?? null,
    };
  }
}
