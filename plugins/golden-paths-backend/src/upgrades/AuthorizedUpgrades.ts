import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  goldenPathsFleetReadPermission,
  goldenPathsUpgradeCreatePermission,
  type UpgradeRequest,
  type UpgradesQuery,
} from '@waymark/plugin-golden-paths-common';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import type { Caller } from '../caller';
import type { Ownership } from '../fleet/Ownership';
import type { Upgrades } from './Upgrades';

/** Lets those see upgrades who may see the fleet, and those upgrade whose teams own the component. */
export class AuthorizedUpgrades implements Upgrades {
  readonly #upgrades: Upgrades;
  readonly #permissions: PermissionsService;
  readonly #ownership: Ownership;

  constructor(options: {
    upgrades: Upgrades;
    permissions: PermissionsService;
    ownership: Ownership;
  }) {
    this.#upgrades = options.upgrades;
    this.#permissions = options.permissions;
    this.#ownership = options.ownership;
  }

  async preview(entityRef: string, caller: Caller) {
    await this.#mayRead(caller);
    return this.#upgrades.preview(entityRef, caller);
  }

  async request(request: UpgradeRequest, caller: Caller) {
    await this.#mayUpgrade(caller);
    await this.#ownership.require(request.entityRef, caller);
    return this.#upgrades.request(request, caller);
  }

  async list(query: UpgradesQuery, caller: Caller) {
    await this.#mayRead(caller);
    return this.#upgrades.list(query, caller);
  }

  async find(id: string, caller: Caller) {
    await this.#mayRead(caller);
    return this.#upgrades.find(id, caller);
  }

  async merge(id: string, caller: Caller) {
    await this.#mayUpgrade(caller);
    const { entityRef } = await this.#upgrades.find(id, caller);
    await this.#ownership.require(entityRef, caller);
    return this.#upgrades.merge(id, caller);
  }

  #mayRead({ credentials }: Caller): Promise<void> {
    return requirePermissions({
      permissions: this.#permissions,
      required: [goldenPathsFleetReadPermission],
      credentials,
      purpose: 'see upgrades',
    });
  }

  #mayUpgrade({ credentials }: Caller): Promise<void> {
    return requirePermissions({
      permissions: this.#permissions,
      required: [goldenPathsUpgradeCreatePermission],
      credentials,
      purpose: 'upgrade repositories',
    });
  }
}
