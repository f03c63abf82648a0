import type {
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  goldenPathsCampaignManagePermission,
  goldenPathsUpgradeCreatePermission,
} from '@waymark/plugin-golden-paths-common';
import type { Caller } from '../caller';
import type { ServiceStore } from './ServiceStore';

/** Whether a person may upgrade a component: their teams own it, or they run campaigns over all. */
export class Ownership {
  readonly #store: ServiceStore;
  readonly #permissions: PermissionsService;
  readonly #userInfo: UserInfoService;

  constructor(options: {
    store: ServiceStore;
    permissions: PermissionsService;
    userInfo: UserInfoService;
  }) {
    this.#store = options.store;
    this.#permissions = options.permissions;
    this.#userInfo = options.userInfo;
  }

  /** @throws NotAllowedError */
  async require(entityRef: string, caller: Caller): Promise<void> {
    if (!(await this.allows(entityRef, caller))) {
      throw new NotAllowedError(
        `That is for those who may upgrade ${entityRef}: the teams that own it, and the platform team`,
      );
    }
  }

  async allows(entityRef: string, { credentials }: Caller): Promise<boolean> {
    const [mayOwned, mayAll] = await this.#permissions.authorize(
      [
        { permission: goldenPathsUpgradeCreatePermission },
        { permission: goldenPathsCampaignManagePermission },
      ],
      { credentials },
    );
    if (mayOwned.result !== AuthorizeResult.ALLOW) return false;
    if (mayAll.result === AuthorizeResult.ALLOW) return true;
    const service = await this.#store.find(entityRef);
    if (!service?.owner) return false;
    const { ownershipEntityRefs } = await this.#userInfo.getUserInfo(
      credentials,
    );
    return ownershipEntityRefs.includes(service.owner);
  }
}
