import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import type {
  DeliveryHistory,
  DeliverySource,
  HistoryPage,
} from '@waymark/plugin-dora-node';
import type { Knex } from 'knex';
import {
  LeaseLostError,
  type BackfillLeases,
  type ClaimedBackfill,
  type OpenProject,
} from '../../ingest/backfill/BackfillLeases';
import type { SourceRegistry } from '../../ingest/SourceRegistry';
import type { FactStore, Located } from '../FactStore';
import type { Locator } from '../Locator';

const renewEveryMs = 15_000;
/** With the waits between them, a system may be away for some hours. */
const mostAttempts = 10;
const shortestPauseMs = 60_000;
const longestPauseMs = 60 * 60_000;
/** How long the components of a page are left alone: the next page is likely to tell more of them. */
const restMs = 10_000;

/** What no later attempt would change: the project is given up, the others go on. */
const refusals = new Set(['InputError', 'NotAllowedError', 'NotFoundError']);

type AskedSource = { id: string; title: string; history: DeliveryHistory };

/**
 * Works on backfills, of each system one after the other. A page and where to
 * go on after it are stored in one transaction, so that whoever takes up what
 * a dead replica was doing misses nothing and stores nothing twice.
 */
export class BackfillWorker {
  readonly #options: BackfillWorkerOptions;
  readonly #stopped = new AbortController();
  readonly #working = new Map<string, Promise<void>>();

  private constructor(options: BackfillWorkerOptions) {
    this.#options = options;
  }

  /** @param options.onStored - called after facts were stored, to have them counted soon */
  static create(options: BackfillWorkerOptions): BackfillWorker {
    return new BackfillWorker(options);
  }

  /** Works until nothing is due. */
  async work(): Promise<void> {
    await Promise.all(
      this.#options.sources
        .list()
        .flatMap(source => (asked(source) ? [this.#workOn(source)] : [])),
    );
  }

  /** Gives up what it is doing, so that another replica can take it at once. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await Promise.all(this.#working.values());
  }

  #workOn(source: AskedSource): Promise<void> {
    const working =
      this.#working.get(source.id) ??
      this.#workOff(source)
        .catch(error =>
          this.#options.logger.warn(
            `Backfills of ${source.title} wait: ${error}`,
          ),
        )
        .finally(() => this.#working.delete(source.id));
    this.#working.set(source.id, working);
    return working;
  }

  async #workOff(source: AskedSource): Promise<void> {
    const { leases, logger } = this.#options;
    while (!this.#stopped.signal.aborted) {
      const run = await leases.claim(source.id);
      if (!run) return;
      try {
        await this.#bring(source, run);
      } catch (error) {
        if (!(error instanceof LeaseLostError)) throw error;
        logger.info(`Backfill ${run.id}: ${error.message}`);
      }
    }
  }

  async #bring(source: AskedSource, run: ClaimedBackfill): Promise<void> {
    const { leases, logger } = this.#options;
    const lost = new AbortController();
    const renewal = setInterval(
      () =>
        void leases.renew(run).catch(error => {
          if (error instanceof LeaseLostError) lost.abort(error);
        }),
      renewEveryMs,
    );
    const signal = AbortSignal.any([this.#stopped.signal, lost.signal]);
    try {
      await this.#readProjects(source, run, signal);
      await leases.finish(run);
      logger.info(`Backfill ${run.id} of ${source.title} has ended`);
    } catch (error) {
      lost.signal.throwIfAborted();
      if (error instanceof LeaseLostError) throw error;
      if (!this.#stopped.signal.aborted) {
        await this.#postpone(source, run, error);
      } else {
        await leases.putBack(run, { dueAt: new Date() });
      }
    } finally {
      clearInterval(renewal);
    }
  }

  async #readProjects(
    source: AskedSource,
    run: ClaimedBackfill,
    signal: AbortSignal,
  ): Promise<void> {
    const { leases } = this.#options;
    let { attempts } = run;
    for (
      let next = await leases.nextProject(run);
      next;
      next = await leases.nextProject(run)
    ) {
      if (attempts > mostAttempts) {
        await leases.failProject(
          run,
          next.project,
          `Reading it was tried ${mostAttempts} times and got no further than ${
            next.cursor ?? 'its beginning'
          }`,
        );
      } else {
        await this.#readProject(source, run, next, signal);
      }
      attempts = 1;
    }
  }

  async #readProject(
    source: AskedSource,
    run: ClaimedBackfill,
    { project, cursor }: OpenProject,
    signal: AbortSignal,
  ): Promise<void> {
    const { knex, leases, store, onStored } = this.#options;
    const concerned = new Set<number>();
    const pages = source.history.pages({
      project,
      since: run.since,
      cursor,
      signal,
      onWait: until => void leases.renew(run, until).catch(() => undefined),
    });
    try {
      let ended = false;
      for await (const page of pages) {
        const marked = await this.#keep(source, run, project, page);
        marked.forEach(service => concerned.add(service));
        onStored();
        ended = page.cursor === undefined;
      }
      if (!ended) await leases.keep(knex, run, project, { facts: 0 });
    } catch (error) {
      if (!isError(error) || !refusals.has(error.name)) throw error;
      await leases.failProject(run, project, error.message);
    }
    // It tells no more of them: they need not rest.
    await knex.transaction(tx => store.markStale(tx, concerned));
    onStored();
  }

  /** @returns the components whose numbers the page changes */
  async #keep(
    source: AskedSource,
    run: ClaimedBackfill,
    project: string,
    page: HistoryPage,
  ): Promise<number[]> {
    const { knex, leases, store, locator } = this.#options;
    const located: Located[] = [];
    for (const fact of page.facts) {
      located.push(...(await locator.locate(fact)).located);
    }
    return knex.transaction(async tx => {
      await leases.keep(tx, run, project, {
        cursor: page.cursor,
        facts: page.facts.length,
      });
      return store.put(tx, new Map([[source.id, located]]), { restMs });
    });
  }

  async #postpone(
    source: AskedSource,
    run: ClaimedBackfill,
    error: unknown,
  ): Promise<void> {
    const { leases, logger } = this.#options;
    const pause = Math.min(
      longestPauseMs,
      shortestPauseMs * 2 ** (run.attempts - 1),
    );
    const known = isError(error) && error.name === 'ServiceUnavailableError';
    logger.warn(`Backfill ${run.id} of ${source.title} waits: ${error}`);
    await leases.putBack(run, {
      dueAt: new Date(Date.now() + pause),
      message: known
        ? error.message
        : 'It could not be stored or read; the log of the portal says why',
    });
  }
}

function asked(source: DeliverySource): source is DeliverySource & AskedSource {
  return source.history !== undefined;
}

type BackfillWorkerOptions = {
  knex: Knex;
  leases: BackfillLeases;
  sources: SourceRegistry;
  locator: Locator;
  store: FactStore;
  onStored: () => void;
  logger: LoggerService;
};
