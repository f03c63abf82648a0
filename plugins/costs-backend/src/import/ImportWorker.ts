import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { OnDemand } from '../charges/OnDemand';
import type { BillStore } from './BillStore';
import type { FileStore } from './FileStore';
import type { Importer } from './Importer';
import type { ImportRow, ImportStore } from './ImportStore';

const renewEveryMs = 10_000;
/** A file that fails without being wrong is tried so often. */
const mostAttempts = 5;
/** Long enough for a backend to come back to the files it has. */
const givenUpSeconds = 15 * 60;

/** Works on imports, one at a time, as their files take memory. */
export class ImportWorker {
  readonly #imports: ImportStore;
  readonly #bills: BillStore;
  readonly #files: FileStore;
  readonly #importer: Importer;
  readonly #logger: LoggerService;
  readonly #onRemove: ImportWorkerOptions['onRemove'];
  readonly #work: OnDemand;

  private constructor(options: ImportWorkerOptions) {
    this.#imports = options.imports;
    this.#bills = options.bills;
    this.#files = options.files;
    this.#importer = options.importer;
    this.#logger = options.logger;
    this.#onRemove = options.onRemove;
    this.#work = new OnDemand(
      signal => this.#workOff(signal),
      error => this.#logger.warn(`Imports of bills wait: ${error}`),
    );
  }

  static create(options: ImportWorkerOptions): ImportWorker {
    return new ImportWorker(options);
  }

  /** Has what waits worked on soon. */
  nudge(): void {
    this.#work.nudge();
  }

  /** Removes what is not needed any more, and ends what cannot be worked on. */
  async tidy(signal?: AbortSignal): Promise<void> {
    await this.#imports.giveUp(givenUpSeconds);
    await this.#bills.sweep(this.#onRemove, signal);
    await this.#files.sweep(await this.#imports.open());
  }

  /** Gives back what is being worked on. */
  async stop(): Promise<void> {
    await this.#work.stop();
  }

  async #workOff(stopped: AbortSignal): Promise<void> {
    for (;;) {
      const here = await this.#files.held(await this.#imports.waiting());
      const row = here.length > 0 ? await this.#imports.take(here) : undefined;
      if (!row || stopped.aborted) return;
      await this.#workOn(row, stopped);
    }
  }

  async #workOn(row: ImportRow, stopped: AbortSignal): Promise<void> {
    const lost = new AbortController();
    const timer = setInterval(() => {
      this.#imports.renew(row).catch(error => lost.abort(error));
    }, renewEveryMs);
    try {
      await this.#importer.run(row, AbortSignal.any([lost.signal, stopped]));
    } catch (error) {
      await this.#files.removeWorkFolder(row.id);
      if (await this.#imports.isOver(row.id)) {
        await this.#files.remove(row.id);
        return;
      }
      if (stopped.aborted || row.fence < mostAttempts) {
        await this.#imports.abandon(row);
        throw error;
      }
      this.#logger.error(`Import ${row.id} of a bill failed`, error as Error);
      await this.#imports.giveUpOn(row);
    } finally {
      clearInterval(timer);
    }
  }
}

type ImportWorkerOptions = {
  imports: ImportStore;
  bills: BillStore;
  files: FileStore;
  importer: Importer;
  logger: LoggerService;
  /** Forgets what was said of bills, in the transaction that removes them. */
  onRemove: (tx: Knex.Transaction, bills: string[]) => Promise<void>;
};
