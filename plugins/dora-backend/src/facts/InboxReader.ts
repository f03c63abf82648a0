import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import type { Reading } from '@waymark/plugin-dora-node';
import type { Knex } from 'knex';
import type {
  InboxStore,
  Verdict,
  WaitingDelivery,
} from '../ingest/InboxStore';
import { outOfTime } from '../ingest/outOfTime';
import type { SourceRegistry } from '../ingest/SourceRegistry';
import type { FactStore, Located } from './FactStore';
import type { Locator } from './Locator';

const batchSize = 500;
const mostAttempts = 5;

/** What a delivery turned out to be: its facts, and what is written down about it. */
type Read = { verdict: Verdict; source: string; facts: Located[] };

/** Reads deliveries that wait and stores the facts they tell. */
export class InboxReader {
  readonly #knex: Knex;
  readonly #inbox: InboxStore;
  readonly #sources: SourceRegistry;
  readonly #store: FactStore;
  readonly #locator: Locator;
  readonly #logger: LoggerService;

  private constructor(options: InboxReaderOptions) {
    this.#knex = options.knex;
    this.#inbox = options.inbox;
    this.#sources = options.sources;
    this.#store = options.store;
    this.#locator = options.locator;
    this.#logger = options.logger;
  }

  static create(options: InboxReaderOptions): InboxReader {
    return new InboxReader(options);
  }

  /**
   * Reads some deliveries. Facts and verdict are written in one transaction:
   * whatever happens, a delivery has either been applied or is waiting.
   *
   * @returns how many it read; 0 when none waits
   */
  async readSome(): Promise<number> {
    try {
      return await this.#read(batchSize);
    } catch (error) {
      this.#logger.warn(
        `A batch of deliveries could not be applied; each is tried on its own: ${error}`,
      );
      return this.#readOneByOne();
    }
  }

  async #read(limit: number): Promise<number> {
    return this.#knex.transaction(async tx => {
      const deliveries = await this.#inbox.claim(tx, limit);
      if (deliveries.length === 0) return 0;
      const read: Read[] = [];
      for (const delivery of deliveries)
        read.push(await this.#understand(delivery));
      await this.#putFacts(tx, read);
      await this.#inbox.settle(
        tx,
        read.map(({ verdict }) => verdict),
      );
      return deliveries.length;
    });
  }

  /** One delivery that the database refuses must not hold up the others. */
  async #readOneByOne(): Promise<number> {
    return this.#knex.transaction(async tx => {
      const deliveries = await this.#inbox.claim(tx, batchSize);
      for (const delivery of deliveries) {
        await tx
          .transaction(async nested => {
            const read = await this.#understand(delivery);
            await this.#putFacts(nested, [read]);
            await this.#inbox.settle(nested, [read.verdict]);
          })
          .catch(error =>
            this.#inbox.settle(tx, [this.#failed(delivery, error)]),
          );
      }
      return deliveries.length;
    });
  }

  async #putFacts(tx: Knex, read: Read[]): Promise<void> {
    const bySource = new Map<string, Located[]>();
    for (const { source, facts } of read) {
      const others = bySource.get(source);
      if (others) others.push(...facts);
      else bySource.set(source, [...facts]);
    }
    await this.#store.put(tx, bySource);
  }

  async #understand(delivery: WaitingDelivery): Promise<Read> {
    const { id, source } = delivery;
    const verdict = (state: Verdict['state'], more: Partial<Verdict> = {}) => ({
      id,
      source,
      state,
      ...more,
    });
    const reading = this.#readingOf(delivery);
    if (reading.kind !== 'facts') {
      return {
        source,
        facts: [],
        verdict: verdict(reading.kind, { message: reading.reason }),
      };
    }
    // Looking into the catalog can fail for a moment: that is no verdict, and whoever called tries again.
    const found = [];
    for (const fact of reading.facts)
      found.push(await this.#locator.locate(fact));
    const [unmatched] = found.flatMap(facts => facts.unmatched);
    if (found.length > 0 && found.every(({ located }) => !located.length)) {
      return {
        source,
        facts: [],
        verdict: verdict('ignored', {
          message: 'It touches no folder that is a component’s own',
        }),
      };
    }
    return {
      source,
      facts: found.flatMap(({ located }) => located),
      verdict: unmatched
        ? verdict('unmatched', {
            message: `No catalog entity belongs to ${unmatched.key}`,
            unmatchedService: unmatched.serviceId,
          })
        : verdict('applied'),
    };
  }

  /** What a delivery says; what cannot be understood now is not understood a second later either. */
  #readingOf(
    delivery: WaitingDelivery,
  ): Reading | { kind: 'failed'; reason: string } {
    try {
      const reading = this.#sources.get(delivery.source).read(delivery);
      const problem =
        reading.kind === 'facts' &&
        reading.facts
          .map(fact => outOfTime(fact, Date.now()))
          .find(wrong => wrong !== undefined);
      return problem ? { kind: 'failed', reason: problem } : reading;
    } catch (error) {
      return {
        kind: 'failed',
        reason: isError(error) ? error.message : String(error),
      };
    }
  }

  /** Tried again later, each time a little later, and in the end left to people. */
  #failed({ id, source, attempts }: WaitingDelivery, error: unknown): Verdict {
    this.#logger.error(`Delivery ${id} of ${source} could not be stored`, {
      error: String(error),
    });
    const message =
      'What it says could not be stored; the log of the portal says why';
    return attempts + 1 < mostAttempts
      ? {
          id,
          source,
          state: 'waiting',
          message,
          retryInMs: 1000 * 4 ** attempts,
        }
      : { id, source, state: 'failed', message };
  }
}

type InboxReaderOptions = {
  knex: Knex;
  inbox: InboxStore;
  sources: SourceRegistry;
  store: FactStore;
  locator: Locator;
  logger: LoggerService;
};
