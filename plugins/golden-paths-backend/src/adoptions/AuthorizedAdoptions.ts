import type { PermissionsService } from '@backstage/backend-plugin-api';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import {
  goldenPathsUpgradeCreatePermission,
  type AdoptionRequest,
} from '@waymark/plugin-golden-paths-common';
import type { Caller } from '../caller';
import type { Ownership } from '../fleet/Ownership';
import type { Adoptions } from './Adoptions';

/** Lets those adopt a golden path who may upgrade, for what their teams own. */
export class AuthorizedAdoptions implements Adoptions {
  readonly #adoptions: Adoptions;
  readonly #permissions: PermissionsService;
  readonly #ownership: Ownership;

  constructor(options: {
    adoptions: Adoptions;
    permissions: PermissionsService;
    ownership: Ownership;
  }) {
    this.#adoptions = options.adoptions;
    this.#permissions = options.permissions;
    this.#ownership = options.ownership;
  }

  async preview(request: AdoptionRequest, caller: Caller) {
    await this.#mayAdopt(request, caller);
    return this.#adoptions.preview(request, caller);
  }

  async adopt(request: AdoptionRequest, caller: Caller) {
    await this.#mayAdopt(request, caller);
    return this.#adoptions.adopt(request, caller);
  }

  async #mayAdopt({ entityRef }: AdoptionRequest, caller: Caller) {
    await requirePermissions({
      permissions: this.#permissions,
      required: [goldenPathsUpgradeCreatePermission],
      credentials: caller.credentials,
      purpose: 'adopt golden paths',
    });
    await this.#ownership.require(entityRef, caller);
  }
}
