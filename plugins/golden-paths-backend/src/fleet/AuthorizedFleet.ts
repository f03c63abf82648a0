import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  goldenPathsFleetReadPermission,
  type CountedServicesQuery,
  type FleetQuery,
} from '@waymark/plugin-golden-paths-common';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import type { Caller } from '../caller';
import type { Fleet } from './Fleet';
import type { Ownership } from './Ownership';

/** Lets those see the fleet who may, and tells them what they may upgrade. */
export class AuthorizedFleet implements Fleet {
  readonly #fleet: Fleet;
  readonly #permissions: PermissionsService;
  readonly #ownership: Ownership;

  constructor(options: {
    fleet: Fleet;
    permissions: PermissionsService;
    ownership: Ownership;
  }) {
    this.#fleet = options.fleet;
    this.#permissions = options.permissions;
    this.#ownership = options.ownership;
  }

  async templates(caller: Caller) {
    await this.#mayRead(caller);
    return this.#fleet.templates(caller);
  }

  async list(query: FleetQuery, caller: Caller) {
    await this.#mayRead(caller);
    return this.#fleet.list(query, caller);
  }

  async summary(caller: Caller) {
    await this.#mayRead(caller);
    return this.#fleet.summary(caller);
  }

  async services(query: CountedServicesQuery, caller: Caller) {
    await this.#mayRead(caller);
    return this.#fleet.services(query, caller);
  }

  async find(entityRef: string, caller: Caller) {
    await this.#mayRead(caller);
    return {
      ...(await this.#fleet.find(entityRef, caller)),
      mayUpgrade: await this.#ownership.allows(entityRef, caller),
    };
  }

  async drift(entityRef: string, caller: Caller) {
    await this.#mayRead(caller);
    // The portal reads with rights of its own: lines of a repository are for its people.
    await this.#ownership.require(entityRef, caller);
    return this.#fleet.drift(entityRef, caller);
  }

  #mayRead({ credentials }: Caller): Promise<void> {
    return requirePermissions({
      permissions: this.#permissions,
      required: [goldenPathsFleetReadPermission],
      credentials,
      purpose: 'see the fleet',
    });
  }
}
