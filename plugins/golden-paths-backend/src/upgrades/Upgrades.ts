import type {
  Upgrade,
  UpgradePage,
  UpgradePreview,
  UpgradeRequest,
  UpgradesQuery,
} from '@waymark/plugin-golden-paths-common';
import type { Caller } from '../caller';

/** Brings single repositories to the current version of their golden path. */
export interface Upgrades {
  /**
   * What an upgrade would change; nothing is published.
   *
   * @throws NotFoundError when it is on no golden path
   * @throws InputError when it is on the current version, or lacks an answer
   */
  preview(entityRef: string, caller: Caller): Promise<UpgradePreview>;
  /** @throws ConflictError when an upgrade of the repository is open already */
  request(request: UpgradeRequest, caller: Caller): Promise<Upgrade>;
  list(query: UpgradesQuery, caller: Caller): Promise<UpgradePage>;
  /** @throws NotFoundError */
  find(id: string, caller: Caller): Promise<Upgrade>;
  /** @throws ConflictError when people have to decide, or the repository went on */
  merge(id: string, caller: Caller): Promise<Upgrade>;
}
