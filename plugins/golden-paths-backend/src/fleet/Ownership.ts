import type {
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { parseEntityRef, RELATION_OWNED_BY } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
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
  readonly #catalog: CatalogService;
  readonly #permissions: PermissionsService;
  readonly #userInfo: UserInfoService;

  constructor(options: {
    store: ServiceStore;
    /** Knows components that are no services and on no golden path. */
    catalog: CatalogService;
    permissions: PermissionsService;
    userInfo: UserInfoService;
  }) {
    this.#store = options.store;
    this.#catalog = options.catalog;
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
    const owners = await this.#ownersOf(entityRef, credentials);
    if (owners.length === 0) return false;
    const { ownershipEntityRefs } = await this.#userInfo.getUserInfo(
      credentials,
    );
    return owners.some(owner => ownershipEntityRefs.includes(owner));
  }

  async #ownersOf(
    entityRef: string,
    credentials: Caller['credentials'],
  ): Promise<string[]> {
    const service = await this.#store.find(entityRef);
    if (service) return service.owner ? [service.owner] : [];
    const entity = await this.#catalog.getEntityByRef(
      parseEntityRef(entityRef),
      { credentials },
    );
    return (entity?.relations ?? [])
      .filter(({ type }) => type === RELATION_OWNED_BY)
      .map(({ targetRef }) => targetRef);
  }
}
