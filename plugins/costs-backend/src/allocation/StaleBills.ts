import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { takeTime } from '../charges/takeTime';
import type { Allocator } from './Allocator';
import type { RuleStore } from './RuleStore';

/** Allocates bills anew after the catalog changed, by the rules they were allocated by. */
export class StaleBills {
  readonly #knex: Knex;
  readonly #rules: RuleStore;
  readonly #allocator: Allocator;
  readonly #logger: LoggerService;

  constructor(options: {
    knex: Knex;
    rules: RuleStore;
    allocator: Allocator;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#rules = options.rules;
    this.#allocator = options.allocator;
    this.#logger = options.logger;
  }

  /** Newest first, each in a transaction of its own. */
  async freshen(signal?: AbortSignal): Promise<void> {
    let count = 0;
    while (!signal?.aborted && (await this.#freshenOne())) count += 1;
    if (count > 0) {
      this.#logger.info(`${count} bills are allocated by the catalog of now`);
    }
  }

  async #freshenOne(): Promise<boolean> {
    return this.#knex.transaction(async tx => {
      const bill = await tx('bills')
        .where({ current: true, stale: true })
        .orderBy('period_start', 'desc')
        .forUpdate()
        .skipLocked()
        .first('id', 'rule_set_id');
      if (!bill) return false;
      const rules = await this.#rules.byId(tx, bill.rule_set_id);
      await takeTime(tx, () => this.#allocator.allocate(tx, [bill.id], rules));
      return true;
    });
  }
}
