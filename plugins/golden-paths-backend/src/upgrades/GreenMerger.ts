import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RepositoryHost } from '@waymark/plugin-repositories-node';
import { saidOf } from '../said';
import type { UpgradeRow, UpgradeStore } from './UpgradeStore';

/** How many are asked about in one look: a host counts questions, and two a proposal add up. */
const batch = 10;

const noteLength = 500;

/**
 * Merges proposals of campaigns once every check has passed, on hosts that run
 * checks. What passes first may pass before the others have begun, so they have
 * to be seen green in two looks, with the pause between that the store makes.
 */
export class GreenMerger {
  readonly #options: GreenMergerOptions;

  private constructor(options: GreenMergerOptions) {
    this.#options = options;
  }

  static create(options: GreenMergerOptions): GreenMerger {
    return new GreenMerger(options);
  }

  async look(signal?: AbortSignal): Promise<void> {
    const { host, store } = this.#options;
    if (!host.reviews) return;
    for (const upgrade of await store.toCheck(batch)) {
      if (signal?.aborted) return;
      await this.#lookAt(upgrade);
    }
  }

  async #lookAt(upgrade: UpgradeRow): Promise<void> {
    const { host, store, onMerged, logger } = this.#options;
    const { id, repository: name, branch, commit } = upgrade;
    if (!branch || !commit) return;
    try {
      const { checks, merged } = await host.mergeWhenGreen({
        name,
        branch,
        commit,
        onlyLook: upgrade.checks !== 'passed',
      });
      await store.noteChecks(id, {
        checks: checks.state,
        note: checks.notPassed.join(', ').slice(0, noteLength) || null,
      });
      if (!merged) return;
      await store.merged(id, upgrade.asked_by);
      logger.info(`Merged ${branch} of ${name}: its checks have passed`);
      await onMerged(upgrade);
    } catch (error) {
      logger.info(`${branch} of ${name} is not merged: ${error}`);
      await store.noteChecks(id, {
        checks: null,
        note: saidOf(error).slice(0, noteLength),
      });
    }
  }
}

type GreenMergerOptions = {
  host: Pick<RepositoryHost, 'reviews' | 'mergeWhenGreen'>;
  store: UpgradeStore;
  /** Called after an upgrade was merged. */
  onMerged: (upgrade: UpgradeRow) => Promise<void>;
  logger: LoggerService;
};
