import type {
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { groupsOf } from '@waymark/plugin-authorization-node';
import { doraGoalManagePermission } from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import type { Caller } from '../metrics/MetricsService';
import { GroupTree } from './GroupTree';

/**
 * Whether somebody who leads, which a permission says, leads this group: it
 * is theirs or below theirs. Who manages goals need not lead any.
 */
export class Leadership {
  readonly #groups: GroupTree;
  readonly #permissions: PermissionsService;
  readonly #userInfo: UserInfoService;

  constructor(options: {
    knex: Knex;
    permissions: PermissionsService;
    userInfo: UserInfoService;
  }) {
    this.#groups = new GroupTree(options.knex);
    this.#permissions = options.permissions;
    this.#userInfo = options.userInfo;
  }

  /** @throws NotAllowedError when the group is neither theirs nor below theirs */
  async require(entityRef: string, caller: Caller): Promise<void> {
    if (await this.leads(entityRef, caller)) return;
    throw new NotAllowedError(
      `Goals of ${entityRef} are set by those who lead it or a group above it, and by platform engineers`,
    );
  }

  /** Whether it is theirs or below theirs, or they manage goals. */
  async leads(entityRef: string, { credentials }: Caller): Promise<boolean> {
    const [manager] = await this.#permissions.authorize(
      [{ permission: doraGoalManagePermission }],
      { credentials },
    );
    if (manager.result === AuthorizeResult.ALLOW) return true;
    const groups = await groupsOf(this.#userInfo, credentials);
    const above = await this.#groups.above(entityRef);
    return above.some(ref => groups.includes(ref));
  }
}
