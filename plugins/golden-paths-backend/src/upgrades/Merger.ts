import { ConflictError } from '@backstage/errors';
import type { RepositoryHost } from '@waymark/plugin-repositories-node';
import type { FleetReader } from '../fleet/FleetReader';
import type { ServiceStore } from '../fleet/ServiceStore';
import type { UpgradeRow, UpgradeStore } from './UpgradeStore';

/** Merges upgrades about which nobody has to decide. */
export class Merger {
  readonly #host: Pick<RepositoryHost, 'open' | 'reviews'>;
  readonly #store: UpgradeStore;
  readonly #services: ServiceStore;
  readonly #reader: FleetReader;

  constructor(options: {
    host: Pick<RepositoryHost, 'open' | 'reviews'>;
    store: UpgradeStore;
    services: ServiceStore;
    reader: FleetReader;
  }) {
    this.#host = options.host;
    this.#store = options.store;
    this.#services = options.services;
    this.#reader = options.reader;
  }

  /**
   * Moves the default branch to the merge that the upgrade made of it.
   *
   * @throws ConflictError when people have to decide, or the branch went on
   */
  async merge(upgrade: UpgradeRow, by: string): Promise<void> {
    const { commit, head, repository } = upgrade;
    if (upgrade.state !== 'proposed' || !commit || !head) {
      throw new ConflictError(
        `The upgrade is ${upgrade.state}; only one that is proposed can be merged`,
      );
    }
    if (this.#host.reviews) {
      throw new ConflictError(
        `Merge it at ${
          upgrade.proposal_url ?? 'the repository host'
        }, where it is reviewed and its checks run`,
      );
    }
    if (upgrade.conflicts.length > 0) {
      throw new ConflictError(
        `${upgrade.conflicts.length} files wait for a decision of yours; resolve them on the branch ${upgrade.branch}`,
      );
    }
    const copy = await this.#host.open(repository);
    try {
      // Merged before, by whoever was interrupted after it.
      if (copy.branches.get(copy.defaultBranch) !== commit) {
        await copy.publish([
          { branch: copy.defaultBranch, to: commit, expected: head },
        ]);
      }
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      throw new ConflictError(
        'The repository went on since the upgrade was made. Upgrade again; that takes in what is new',
      );
    } finally {
      await copy.close();
    }
    await this.#store.merged(upgrade.id, by);
    const service = await this.#services.find(upgrade.entity_ref);
    if (service) await this.#reader.read(service);
  }
}
