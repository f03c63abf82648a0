import type {
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import { groupsOf } from '@waymark/plugin-authorization-node';
import {
  costsBudgetManagePermission,
  costsBudgetUpdatePermission,
} from '@waymark/plugin-costs-common';
import type { GroupTree } from '../allocation/GroupTree';
import type { Caller } from '../import/ImportsService';

/**
 * Whether somebody who leads, which a permission says, leads the group that
 * owns something, or a group above it. Who manages budgets need not.
 */
export class Stewardship {
  readonly #groups: GroupTree;
  readonly #permissions: PermissionsService;
  readonly #userInfo: UserInfoService;

  constructor(options: {
    groups: GroupTree;
    permissions: PermissionsService;
    userInfo: UserInfoService;
  }) {
    this.#groups = options.groups;
    this.#permissions = options.permissions;
    this.#userInfo = options.userInfo;
  }

  /** Answers of each entity whether the caller may set its budgets. */
  async over({
    credentials,
  }: Caller): Promise<(entityRef: string) => Promise<boolean>> {
    const [update, manage] = await this.#permissions.authorize(
      [costsBudgetUpdatePermission, costsBudgetManagePermission].map(
        (permission: BasicPermission) => ({ permission }),
      ),
      { credentials },
    );
    if (update.result !== AuthorizeResult.ALLOW) return async () => false;
    if (manage.result === AuthorizeResult.ALLOW) return async () => true;
    const groups = await groupsOf(this.#userInfo, credentials);
    return async entityRef => {
      const owner = await this.#groups.ownerOf(entityRef);
      if (!owner) return false;
      const above = await this.#groups.above(owner);
      return above.some(ref => groups.includes(ref));
    };
  }

  /** @throws NotAllowedError when the caller may not */
  async require(entityRef: string, caller: Caller): Promise<void> {
    const may = await this.over(caller);
    if (await may(entityRef)) return;
    throw new NotAllowedError(
      `Budgets of ${entityRef} are set by those who lead the group that owns it or one above, and by platform engineers`,
    );
  }
}
