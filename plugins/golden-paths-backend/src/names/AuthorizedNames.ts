import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  goldenPathsNameReadPermission,
  type NameCheck,
} from '@waymark/plugin-golden-paths-common';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import type { Names } from './Names';

/** Lets only those ask for names who may. */
export class AuthorizedNames implements Names {
  readonly #names: Names;
  readonly #permissions: PermissionsService;

  constructor(names: Names, permissions: PermissionsService) {
    this.#names = names;
    this.#permissions = permissions;
  }

  async check(
    name: string,
    options: { credentials: BackstageCredentials },
  ): Promise<NameCheck> {
    await requirePermissions({
      permissions: this.#permissions,
      required: [goldenPathsNameReadPermission],
      credentials: options.credentials,
      purpose: 'ask whether a name is free',
    });
    return this.#names.check(name, options);
  }
}
