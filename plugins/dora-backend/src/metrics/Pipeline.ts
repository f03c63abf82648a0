import type { LoggerService } from '@backstage/backend-plugin-api';
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
      const changed = await this.#attributeSome();
      const summed = await this.#rollUpAll();
      if (changed.length > 0) await this.#onChanged(changed);
      moved = read > 0 || changed.length > 0 || summed;
    }
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
  async #attributeSome(): Promise<string[]> {
    const changed: string[] = [];
    const one = async () => {
      while (changed.length < componentsAtOnce) {
        const service = await this.#recalculation.attributeNext();
        if (!service) return;
        if (service.entityRef) changed.push(service.entityRef);
      }
    };
    await Promise.all(Array.from({ length: workers }, one));
    return changed;
  }

  async #rollUpAll(): Promise<boolean> {
    let moved = false;
    while (await this.#recalculation.rollUpNext()) moved = true;
    return moved;
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
