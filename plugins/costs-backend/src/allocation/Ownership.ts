import type {
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  groupsOf,
  requirePermissions,
} from '@waymark/plugin-authorization-node';
import type { Caller } from '../import/ImportsService';
import type { GroupTree } from './GroupTree';

/**
 * Whether somebody has a say in what a group owns: a member of it or of a group
 * above, where a permission lets them, and whoever another permission lets
 * speak for everybody.
 */
export class Ownership {
  readonly #groups: GroupTree;
  readonly #permissions: PermissionsService;
  readonly #userInfo: UserInfoService;
  readonly #update: BasicPermission;
  readonly #manage: BasicPermission;
  readonly #purpose: string;

  constructor(options: {
    groups: GroupTree;
    permissions: PermissionsService;
    userInfo: UserInfoService;
    /** Lets those of the owner. */
    update: BasicPermission;
    /** Lets anybody. */
    manage: BasicPermission;
    /** What they do, for messages: `judge anomalies`. */
    purpose: string;
  }) {
    this.#groups = options.groups;
    this.#permissions = options.permissions;
    this.#userInfo = options.userInfo;
    this.#update = options.update;
    this.#manage = options.manage;
    this.#purpose = options.purpose;
  }

  /** @throws NotAllowedError when the caller has a say in nothing at all */
  async requireAny({ credentials }: Caller): Promise<void> {
    await requirePermissions({
      permissions: this.#permissions,
      required: [this.#update],
      credentials,
      purpose: this.#purpose,
    });
  }

  /** @throws NotAllowedError when the caller has no say in it */
  async require(groupRef: string | null, caller: Caller): Promise<void> {
    if (await this.may(groupRef, caller)) return;
    throw new NotAllowedError(
      `To ${this.#purpose} of ${
        groupRef ?? 'what nobody owns'
      } is for members of the owner or of a group above, and for platform engineers`,
    );
  }

  /** Whether the caller has a say in it. */
  async may(
    groupRef: string | null,
    { credentials }: Caller,
  ): Promise<boolean> {
    const [update, manage] = await this.#permissions.authorize(
      [{ permission: this.#update }, { permission: this.#manage }],
      { credentials },
    );
    if (update.result !== AuthorizeResult.ALLOW) return false;
    if (manage.result === AuthorizeResult.ALLOW) return true;
    const groups = await groupsOf(this.#userInfo, credentials);
    return this.isOf(groupRef, groups);
  }

  /** Whether a group is one of these, or below one. */
  async isOf(groupRef: string | null, groups: string[]): Promise<boolean> {
    if (!groupRef) return false;
    const above = await this.#groups.above(groupRef);
    return above.some(ref => groups.includes(ref));
  }
}
