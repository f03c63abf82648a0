import type {
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  groupsOf,
  requirePermissions,
} from '@waymark/plugin-authorization-node';
import {
  costsOrganisationReadPermission,
  costsReadPermission,
} from '@waymark/plugin-costs-common';
import type { Caller } from '../import/ImportsService';

/** Says whose costs a caller sees: everybody's, or those of their own groups. */
export class Sight {
  readonly #permissions: PermissionsService;
  readonly #userInfo: UserInfoService;

  constructor(options: {
    permissions: PermissionsService;
    userInfo: UserInfoService;
  }) {
    this.#permissions = options.permissions;
    this.#userInfo = options.userInfo;
  }

  /**
   * @returns the groups to whom it must be allocated; undefined for everything
   * @throws NotAllowedError when the caller sees nothing at all
   */
  async within({ credentials }: Caller): Promise<string[] | undefined> {
    await requirePermissions({
      permissions: this.#permissions,
      required: [costsReadPermission],
      credentials,
      purpose: 'read costs',
    });
    const [whole] = await this.#permissions.authorize(
      [{ permission: costsOrganisationReadPermission }],
      { credentials },
    );
    if (whole.result === AuthorizeResult.ALLOW) return undefined;
    return groupsOf(this.#userInfo, credentials);
  }
}
