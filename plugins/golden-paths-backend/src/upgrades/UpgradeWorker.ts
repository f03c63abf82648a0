import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  prepareUpgrade,
  readRecord,
  type Upgrade,
} from '@waymark/plugin-golden-paths-node';
import type {
  Author,
  BranchMove,
  RepositoryHost,
  WorkingCopy,
} from '@waymark/plugin-repositories-node';
import type { Releases } from '../releases/Releases';
import { saidOf } from '../said';
import {
  leaseSeconds,
  LeaseLostError,
  type UpgradeRow,
  type UpgradeStore,
} from './UpgradeStore';

const mostTries = 3;
/** Whoever worked on an upgrade and never ended it may have died of it. */
const mostReplicas = 5;

/**
 * Works on upgrades, one after the other. Whatever a killed one left is taken
 * up again: the same upgrade of the same repository is the same commit, and is
 * found where it was published already.
 */
export class UpgradeWorker {
  readonly #options: UpgradeWorkerOptions;
  #stopped = false;
  #working: Promise<void> | undefined;

  private constructor(options: UpgradeWorkerOptions) {
    this.#options = options;
  }

  static create(options: UpgradeWorkerOptions): UpgradeWorker {
    return new UpgradeWorker(options);
  }

  /** Works until nothing is due. */
  work(): Promise<void> {
    this.#working ??= this.#workOff().finally(() => {
      this.#working = undefined;
    });
    return this.#working;
  }

  /** Ends what it is doing, and begins nothing more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#working;
  }

  async #workOff(): Promise<void> {
    const { store, logger } = this.#options;
    while (!this.#stopped) {
      const upgrade = await store.claim();
      if (!upgrade) return;
      const renewal = setInterval(
        () => void store.renew(upgrade).catch(() => undefined),
        (leaseSeconds * 1000) / 3,
      );
      try {
        await this.#run(upgrade);
      } catch (error) {
        if (!(error instanceof LeaseLostError)) throw error;
        logger.info(`Upgrade ${upgrade.id}: ${error.message}`);
      } finally {
        clearInterval(renewal);
      }
    }
  }

  async #run(row: UpgradeRow): Promise<void> {
    const { store, logger, onEnded } = this.#options;
    try {
      await this.#upgrade(row);
      logger.info(
        `Upgraded ${row.repository} to ${row.template} ${row.to_version}`,
      );
    } catch (error) {
      if (error instanceof LeaseLostError) throw error;
      logger.warn(`Upgrade of ${row.repository} failed: ${error}`);
      await store.fail(
        row,
        error instanceof Error &&
          error.name.endsWith('Error') &&
          error.name !== 'Error'
          ? saidOf(error)
          : 'It failed for a reason that stands in the log of the portal. The repository is as it was',
      );
    }
    await onEnded(row);
  }

  async #upgrade(row: UpgradeRow): Promise<void> {
    if (row.fence > mostReplicas) {
      throw new ConflictError(
        `It was begun ${mostReplicas} times and never came to an end; the log of the portal says more`,
      );
    }
    for (let tried = 1; ; tried += 1) {
      try {
        return await this.#upgradeNow(row);
      } catch (error) {
        // Somebody worked on the repository in the same moment: from the beginning.
        const again = error instanceof ConflictError && tried < mostTries;
        if (!again) throw error;
      }
    }
  }

  async #upgradeNow(row: UpgradeRow): Promise<void> {
    const { host, store, mergesClean } = this.#options;
    const copy = await host.open(row.repository);
    try {
      const prepared = await this.#prepare(copy, row);
      const { head, branch, commit, summary, changes, conflicts } = prepared;
      const merges =
        !host.reviews && conflicts.length === 0 && (await mergesClean(row));
      // From here on others see it: only whoever still holds the lease goes on.
      await store.renew(row);
      const moves = merges
        ? [...prepared.moves, ...mergeOf(copy, prepared)]
        : prepared.moves;
      if (moves.length > 0) await copy.publish(moves);
      const proposalUrl = merges
        ? undefined
        : await host.propose({
            name: row.repository,
            branch,
            into: copy.defaultBranch,
            title: prepared.title,
            body: summary,
          });
      await store.end(row, merges ? 'merged' : 'proposed', {
        head,
        branch,
        commit,
        summary,
        changes,
        conflicts,
        proposal_url: proposalUrl ?? null,
        merged_by: merges ? row.asked_by : null,
      });
    } finally {
      await copy.close();
    }
  }

  async #prepare(copy: WorkingCopy, row: UpgradeRow): Promise<Upgrade> {
    const { releases, store, author, portalUrl } = this.#options;
    const release = await releases.find(row.template, row.to_version);
    if (!release) {
      throw new NotFoundError(
        `The portal has no version ${row.to_version} of ${row.template}`,
      );
    }
    const { version } = await readRecord(copy);
    return prepareUpgrade(copy, {
      id: row.id,
      when: row.asked_at,
      author,
      portalUrl,
      release,
      current: await releases.find(row.template, version),
      answers: row.answers,
      replaces: await store.lastCommit(row.repository, row.to_version),
    });
  }
}

/** Moves the default branch to the merge, unless that was done before an interruption. */
function mergeOf(copy: WorkingCopy, { commit, head }: Upgrade): BranchMove[] {
  return copy.branches.get(copy.defaultBranch) === commit
    ? []
    : [{ branch: copy.defaultBranch, to: commit, expected: head }];
}

type UpgradeWorkerOptions = {
  host: Pick<RepositoryHost, 'open' | 'propose' | 'reviews'>;
  store: UpgradeStore;
  releases: Releases;
  author: Author;
  /** Where the portal is. */
  portalUrl: string;
  /** Whether the upgrade is to be merged without a person, when nothing is in conflict. */
  mergesClean: (upgrade: UpgradeRow) => Promise<boolean>;
  /** Called after an upgrade has ended, however it did. */
  onEnded: (upgrade: UpgradeRow) => Promise<void>;
  logger: LoggerService;
};
