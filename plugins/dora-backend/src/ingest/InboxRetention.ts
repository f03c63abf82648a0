import type { LoggerService } from '@backstage/backend-plugin-api';
import type { InboxStore } from './InboxStore';

/** So few that nothing waits long for the rows of one statement. */
const batchSize = 5000;
const dayMs = 86_400_000;

/** Removes deliveries whose time is up; what nobody understood has no such time. */
export class InboxRetention {
  readonly #inbox: InboxStore;
  readonly #keepMs: number;
  readonly #logger: LoggerService;

  constructor(options: {
    inbox: InboxStore;
    /** How long deliveries are kept that were understood. */
    keepMs: number;
    logger: LoggerService;
  }) {
    this.#inbox = options.inbox;
    this.#keepMs = options.keepMs;
    this.#logger = options.logger;
  }

  /** @returns how many it removed */
  async run(signal?: AbortSignal): Promise<number> {
    const before = new Date(Date.now() - this.#keepMs);
    let removed = 0;
    for (let some = batchSize; some === batchSize && !signal?.aborted; ) {
      some = await this.#inbox.removeUnderstood(before, batchSize);
      removed += some;
    }
    if (removed > 0) {
      this.#logger.info(
        `${removed} deliveries that were understood are gone after ${
          this.#keepMs / dayMs
        } days; what they told stays`,
      );
    }
    return removed;
  }
}
