import type { LoggerService } from '@backstage/backend-plugin-api';
import { setTimeout as delay } from 'node:timers/promises';
import type { InboxReader } from '../facts/InboxReader';
import type { Recalculation } from './Recalculation';

/** How often it looks without being told; other replicas store deliveries too. */
const lookEveryMs = 1000;
const pauseAfterErrorMs = 5000;
/** So many that deliveries do not pile up, and few enough that computing has its turn. */
const batchesAtOnce = 20;
const componentsAtOnce = 50;
/** While one waits for the database, another computes. */
const workers = 2;
/** So many are computed at once even while deliveries arrive; after that there are pauses. */
const withoutPause = 5;
/** Summing up costs by scopes and days, not by components: it may take this share of the time while many wait. */
const shareOfSums = 0.2;

/**
 * Carries what came in through to the numbers: reads deliveries, computes the
 * components they concern, sums up. Every replica runs one; what one has
 * taken, the others leave.
 */
export class Pipeline {
  readonly #inbox: InboxReader;
  readonly #recalculation: Recalculation;
  readonly #onChanged: (entityRefs: string[]) => Promise<void>;
  readonly #logger: LoggerService;
  readonly #stopped = new AbortController();
  #wake: (() => void) | undefined;
  #told = false;
  /** Components with new numbers that nobody was told of. */
  readonly #changed = new Set<string>();
  #sumsDueAt = 0;
  #running: Promise<void> | undefined;

  private constructor(options: PipelineOptions) {
    this.#inbox = options.inbox;
    this.#recalculation = options.recalculation;
    this.#onChanged = options.onChanged;
    this.#logger = options.logger;
  }

  /** @param options.onChanged - told which components have new numbers */
  static create(options: PipelineOptions): Pipeline {
    return new Pipeline(options);
  }

  /** Begins to work until {@link stop}. */
  start(): void {
    this.#running = this.#work();
  }

  /** Ends after the step it is at. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#wake?.();
    await this.#running;
  }

  /** Says that there is something to do. */
  nudge(): void {
    this.#told = true;
    this.#wake?.();
  }

  /** Does everything there is to do now. */
  async drain(): Promise<void> {
    for (let moved = true; moved && !this.#stopped.signal.aborted; ) {
      const read = await this.#readMany();
      const { computed, moreWait } = await this.#attributeSome(read > 0);
      const summed =
        !moreWait || performance.now() >= this.#sumsDueAt
          ? await this.#rollUpAll()
          : false;
      if (summed) await this.#tell();
      moved = read > 0 || computed > 0 || summed;
    }
    await this.#tell();
  }

  /**
   * Reads what waits before anything is computed: reading costs little, and a
   * component that many deliveries tell of is then computed once.
   */
  async #readMany(): Promise<number> {
    let read = 0;
    for (let batch = 0; batch < batchesAtOnce; batch += 1) {
      const some = await this.#inbox.readSome();
      read += some;
      if (some === 0 || this.#stopped.signal.aborted) break;
    }
    return read;
  }

  /** A few at a time, so that what came in meanwhile does not wait for all of an import. */
  async #attributeSome(
    deliveriesArrive: boolean,
  ): Promise<{ computed: number; moreWait: boolean }> {
    let computed = 0;
    const one = async () => {
      while (computed < componentsAtOnce) {
        const started = performance.now();
        const service = await this.#recalculation.attributeNext();
        if (!service) return;
        computed += 1;
        if (service.entityRef) this.#changed.add(service.entityRef);
        // Whoever reads pages and whoever delivers has half of the time.
        if (deliveriesArrive && computed > withoutPause) {
          await this.#pause(performance.now() - started);
        }
      }
    };
    await Promise.all(
      Array.from({ length: deliveriesArrive ? 1 : workers }, one),
    );
    return { computed, moreWait: computed >= componentsAtOnce };
  }

  async #rollUpAll(): Promise<boolean> {
    const started = performance.now();
    let moved = false;
    while (await this.#recalculation.rollUpNext()) moved = true;
    const ended = performance.now();
    this.#sumsDueAt = ended + (ended - started) / shareOfSums;
    return moved;
  }

  async #tell(): Promise<void> {
    const changed = [...this.#changed];
    this.#changed.clear();
    if (changed.length > 0) await this.#onChanged(changed);
  }

  async #pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#stopped.signal }).catch(
      () => undefined,
    );
  }

  async #work(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      this.#told = false;
      try {
        await this.drain();
        if (!this.#told) await this.#rest(lookEveryMs);
      } catch (error) {
        this.#logger.warn(
          `Deliveries wait, for the database does not answer as it should: ${error}`,
        );
        await this.#rest(pauseAfterErrorMs);
      }
    }
  }

  #rest(ms: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

type PipelineOptions = {
  inbox: InboxReader;
  recalculation: Recalculation;
  onChanged: (entityRefs: string[]) => Promise<void>;
  logger: LoggerService;
};
