import type { LoggerService } from '@backstage/backend-plugin-api';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunQueue } from '../queue/RunQueue';
import type { Lanes } from './Lanes';
import type { Runner } from './Runner';

/** How long runs have to stop when this backend does. */
const graceMs = 3_000;
/** How long a worker rests when nothing waits and nobody nudges. */
const restMs = 1_000;

/** Takes runs from the queue, several at a time, as long as this backend lives. */
export class Workers {
  readonly #queue: RunQueue;
  readonly #runner: Runner;
  readonly #logger: LoggerService;
  readonly #lanes: Lanes;
  readonly #stop = new AbortController();
  readonly #working = new Set<Promise<void>>();
  #wake: () => void = () => {};
  #nudged = false;

  constructor(options: {
    queue: RunQueue;
    runner: Runner;
    logger: LoggerService;
    lanes: Lanes;
  }) {
    this.#queue = options.queue;
    this.#runner = options.runner;
    this.#logger = options.logger;
    this.#lanes = options.lanes;
  }

  start(): void {
    void this.#run();
  }

  /** Looks into the queue at once. */
  nudge(): void {
    this.#nudged = true;
    this.#wake();
  }

  /**
   * Lets runs stop where nothing is half done, for a moment; what they leave
   * another backend takes up. A database that is gone keeps nobody waiting.
   */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wake();
    await Promise.race([
      Promise.all(this.#working),
      delay(graceMs, undefined, { ref: false }),
    ]);
  }

  /** Sees to runs whose process is gone. */
  async recover(): Promise<void> {
    for (const run of await this.#queue.abandoned()) {
      // One that cannot be seen to keeps nobody from the others.
      await this.#runner
        .recover(run)
        .catch(error =>
          this.#logger.error(
            `Run ${run.id} was abandoned and cannot be seen to: ${error}`,
          ),
        );
    }
    this.nudge();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const run = await this.#queue.take(this.#lanes.full()).catch(error => {
        this.#logger.warn(`The queue of runs cannot be read: ${error}`);
        return undefined;
      });
      if (run) {
        this.#lanes.enter(run);
        const work = this.#runner
          .work(run, signal)
          .catch(error =>
            this.#logger.error(`Run ${run.id} was left: ${error}`),
          )
          .finally(() => {
            this.#lanes.leave(run);
            this.#working.delete(work);
            this.nudge();
          });
        this.#working.add(work);
      } else if (!this.#nudged) {
        await this.#rest();
      }
      if (!run) this.#nudged = false;
    }
  }

  #rest(): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, restMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
