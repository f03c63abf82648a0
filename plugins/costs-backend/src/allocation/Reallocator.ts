import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Reallocation } from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';
import { takeTime } from '../charges/takeTime';
import type { Allocator } from './Allocator';
import { compareSpend } from './compareSpend';
import type { ReallocationStore } from './ReallocationStore';
import type { RuleStore } from './RuleStore';
import { forgetNext, nextTables, takeOver } from './tables';

/** A change that fails is tried so often. */
const mostAttempts = 5;

/**
 * Puts rules in force. Bills are allocated by them one after the other beside
 * what counts, which stays as it is; what is done outlives a backend that
 * dies. Then all of it counts at once, with the rules.
 */
export class Reallocator {
  readonly #knex: Knex;
  readonly #reallocations: ReallocationStore;
  readonly #rules: RuleStore;
  readonly #allocator: Allocator;
  readonly #logger: LoggerService;

  constructor(options: {
    knex: Knex;
    reallocations: ReallocationStore;
    rules: RuleStore;
    allocator: Allocator;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#reallocations = options.reallocations;
    this.#rules = options.rules;
    this.#allocator = options.allocator;
    this.#logger = options.logger;
  }

  /** Works on the change that waits, unless another backend does. */
  async work(signal: AbortSignal): Promise<void> {
    let begun: { id: string; attempts: number } | undefined;
    try {
      // Whoever dies loses its turn with its connection, and can end nothing.
      await this.#knex.transaction(async tx => {
        if (!(await this.#reallocations.isMine(tx))) return;
        const one = await this.#reallocations.open(this.#knex);
        if (!one) return;
        const attempts = await this.#reallocations.begin(one.id);
        begun = { id: one.id, attempts };
        await this.#prepare(one, signal);
        if (signal.aborted) return;
        await takeTime(tx, () => this.#putInForce(tx, one));
      });
    } catch (error) {
      if (!begun || begun.attempts < mostAttempts) throw error;
      await this.#giveUp(begun.id, error as Error);
    }
  }

  /** Allocates bills beside what counts, each in a transaction of its own. */
  async #prepare(one: Reallocation, signal: AbortSignal): Promise<void> {
    const left = await this.#reallocations.bills(this.#knex, one, {
      isNext: true,
    });
    for (const bill of left) {
      if (signal.aborted) return;
      await this.#knex.transaction(tx =>
        takeTime(tx, () => this.#prepareBill(tx, one, bill)),
      );
    }
  }

  async #prepareBill(
    tx: Knex.Transaction,
    { rules }: Reallocation,
    bill: string,
  ): Promise<void> {
    await tx('next_bills').insert({ bill_id: bill });
    await this.#allocator.write(tx, nextTables, [bill], rules);
  }

  async #putInForce(tx: Knex.Transaction, one: Reallocation): Promise<void> {
    // First those who replace bills end, then those who allocate new ones.
    await this.#reallocations.bills(tx, one, { lock: true });
    await this.#rules.lock(tx);
    const come = await this.#reallocations.bills(tx, one, { isNext: true });
    for (const bill of come) await this.#prepareBill(tx, one, bill);
    const bills = await this.#reallocations.bills(tx, one);
    const change = await compareSpend(tx, nextTables, bills, one.measure);
    const { id } = await this.#rules.add(tx, one.rules, one.createdBy);
    await takeOver(tx, bills);
    // What the catalog changed meanwhile is still to be taken up: they stay stale.
    await tx('bills').whereIn('id', bills).update({ rule_set_id: id });
    await forgetNext(tx);
    await this.#reallocations.end(tx, one.id, { state: 'done', change });
  }

  async #giveUp(id: string, error: Error): Promise<void> {
    this.#logger.error(`The rules of ${id} could not be put in force`, error);
    await this.#knex.transaction(async tx => {
      await forgetNext(tx);
      await this.#reallocations.end(tx, id, {
        state: 'failed',
        error: `The rules could not be put in force in ${mostAttempts} attempts, for a reason that stands in the log of the portal. Those from before are in force; change them again`,
      });
    });
  }
}
