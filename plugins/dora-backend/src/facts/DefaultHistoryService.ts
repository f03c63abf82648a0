import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { InputError, isError, NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import { callerName } from '@waymark/plugin-authorization-node';
import { readRepository } from '../ingest/history/GitHistoryReader';
import { readGitHistory, type GitHistory } from '../ingest/history/gitHistory';
import {
  historyFacts,
  type HistoryFacts,
  type HistoryOptions,
} from '../ingest/history/historyFacts';
import type {
  ClaimedRun,
  HistoryRunStore,
} from '../ingest/history/HistoryRunStore';
import type { RepositoryAccess } from '../ingest/history/RepositoryAccess';
import type { FactStore, Located } from './FactStore';
import type { HistoryService } from './HistoryService';
import type { Locator } from './Locator';
import type { ServiceDirectory } from './ServiceDirectory';

/** What histories are stored under. */
const historySource = 'git';
const batchSize = 2000;
const mostAttempts = 3;
const renewEveryMs = 15_000;

/** Brings histories, one after the other; other replicas bring others meanwhile. */
export class DefaultHistoryService implements HistoryService {
  readonly #options: HistoryServiceOptions;
  #working: Promise<void> | undefined;

  private constructor(options: HistoryServiceOptions) {
    this.#options = options;
  }

  /** @param options.onStored - called after facts were stored, to have them counted soon */
  static create(options: HistoryServiceOptions): DefaultHistoryService {
    return new DefaultHistoryService(options);
  }

  async order(
    order: { entityRef: string; repository: string; options: HistoryOptions },
    { credentials }: { credentials: BackstageCredentials },
  ) {
    const entityRef = await this.#requireComponent(order.entityRef);
    this.#options.access.require(order.repository);
    const run = await this.#options.runs.add({
      ...order,
      entityRef,
      requestedBy: callerName(credentials),
    });
    void this.work();
    return run;
  }

  async find(id: string) {
    const run = await this.#options.runs.find(id);
    if (!run) throw new NotFoundError(`There is no history run ${id}`);
    return run;
  }

  async takeLog(
    log: AsyncIterable<Buffer>,
    about: { entityRef: string; options: HistoryOptions },
  ) {
    const entityRef = await this.#requireComponent(about.entityRef);
    return this.#store(await readGitHistory(log), { ...about, entityRef });
  }

  /** Works until nothing waits. */
  work(): Promise<void> {
    this.#working ??= this.#workOff()
      .catch(error =>
        this.#options.logger.warn(`Histories of repositories wait: ${error}`),
      )
      .finally(() => {
        this.#working = undefined;
      });
    return this.#working;
  }

  async #workOff(): Promise<void> {
    const { runs } = this.#options;
    for (let run = await runs.claim(); run; run = await runs.claim()) {
      await this.#bring(run);
    }
  }

  async #bring(run: ClaimedRun): Promise<void> {
    const { runs, access, logger } = this.#options;
    if (run.attempts > mostAttempts) {
      await runs.fail(
        run.id,
        `The portal ended ${mostAttempts} times while it read this repository; it may be too large. Send the output of git log to /api/dora/history/log instead`,
      );
      return;
    }
    const renewal = setInterval(
      () => void runs.renew(run.id).catch(() => undefined),
      renewEveryMs,
    );
    try {
      const history = await readRepository(await access.place(run.repository));
      const summary = await this.#store(history, {
        ...run,
        repositoryUrl: run.repository.replace(/\.git$|\/+$/, ''),
      });
      await runs.succeed(run.id, summary);
      logger.info(
        `The history of ${run.repository} gave ${run.entityRef} ${summary.changes} changes and ${summary.deployments} deployments`,
      );
    } catch (error) {
      logger.warn(`The history of ${run.repository} was not read: ${error}`);
      await runs.fail(run.id, isError(error) ? error.message : String(error));
    } finally {
      clearInterval(renewal);
    }
  }

  async #store(
    history: GitHistory,
    about: {
      entityRef: string;
      options: HistoryOptions;
      repositoryUrl?: string;
    },
  ): Promise<HistoryFacts['summary']> {
    const { knex, store, locator, onStored } = this.#options;
    const { facts, summary } = historyFacts(history, about.options, {
      service: about.entityRef,
      observedAt: new Date().toISOString(),
      repositoryUrl: about.repositoryUrl,
    });
    for (let start = 0; start < facts.length; start += batchSize) {
      const batch: Located[] = [];
      for (const fact of facts.slice(start, start + batchSize)) {
        batch.push(...(await locator.locate(fact)).located);
      }
      await knex.transaction(tx =>
        store.put(tx, new Map([[historySource, batch]])),
      );
    }
    onStored();
    return summary;
  }

  async #requireComponent(entity: string): Promise<string> {
    const found = await this.#options.directory.findEntities({ entity });
    const ref = found?.[0];
    if (!ref?.startsWith('component:')) {
      throw new InputError(
        `entityRef: "${entity}" is no component of the catalog; a new one is known here within 20 seconds`,
      );
    }
    return ref;
  }
}

type HistoryServiceOptions = {
  knex: Knex;
  runs: HistoryRunStore;
  access: RepositoryAccess;
  directory: ServiceDirectory;
  locator: Locator;
  store: FactStore;
  onStored: () => void;
  logger: LoggerService;
};
