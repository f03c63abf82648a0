import { setTimeout as delay } from 'node:timers/promises';

/** Whether the database answers; `starting` until it was asked for the first time. */
export type DatabaseState = 'starting' | 'up' | 'down';

/** Where the configured server listens; undefined where a cloud connector decides that. */
export type DatabaseAddress = { host?: string; port?: number };

type Log = { info(message: string): void; warn(message: string): void };

/** What the monitor needs to know about the database it watches. */
export type Watch = {
  /** Asks the database something small; rejects when there is no answer in time. */
  probe: () => Promise<void>;
  logger: Log;
  address?: DatabaseAddress;
  /** Time between two probes, in milliseconds. */
  intervalMs?: number;
};

/** Longer than the monitor needs to find out by itself, in milliseconds. */
const suspicionMs = 1_000;

/**
 * Knows whether the database answers. Asks on a connection of its own, so that
 * a pool that is merely busy is not mistaken for a database that is gone.
 */
export class DatabaseMonitor {
  #state: DatabaseState = 'starting';
  #address: DatabaseAddress = {};
  #lastTrouble = -Infinity;
  #stop = new AbortController();
  #loop: Promise<void> = Promise.resolve();

  get state(): DatabaseState {
    return this.#state;
  }

  /** True while the database is down, or a statement failed for that reason a moment ago. */
  get troubled(): boolean {
    return (
      this.#state === 'down' ||
      performance.now() - this.#lastTrouble < suspicionMs
    );
  }

  /** Tells that a statement failed because the database was not there for it. */
  reportTrouble(): void {
    this.#lastTrouble = performance.now();
  }

  get address(): DatabaseAddress {
    return this.#address;
  }

  /** Watches until `stop` is called. */
  start({ probe, logger, address, intervalMs = 500 }: Watch): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#state = 'starting';
    this.#address = address ?? {};
    this.#loop = this.#watch(probe, logger, intervalMs, this.#stop.signal);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
  }

  async #watch(
    probe: () => Promise<void>,
    logger: Log,
    intervalMs: number,
    signal: AbortSignal,
  ): Promise<void> {
    while (!signal.aborted) {
      const problem = await this.#ask(probe);
      if (signal.aborted) return;
      this.#become(problem, logger);
      await delay(intervalMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** @returns why the database counts as down, or undefined when it answers */
  async #ask(probe: () => Promise<void>): Promise<string | undefined> {
    try {
      await probe();
      return undefined;
    } catch (first) {
      if (this.#state === 'down') return String(first);
    }
    // One lost connection is not a lost database: ask once more, on a new one.
    return probe().then(
      () => undefined,
      second => String(second),
    );
  }

  #become(problem: string | undefined, logger: Log): void {
    const state = problem === undefined ? 'up' : 'down';
    if (state === this.#state) return;
    if (state === 'down') {
      logger.warn(
        `The database does not answer (${problem}). Not ready; requests are answered with 503 until it does.`,
      );
    } else {
      logger.info('The database answers');
    }
    this.#state = state;
  }
}

/** The monitor of this process: one backend, one database. */
export const databaseMonitor = new DatabaseMonitor();
