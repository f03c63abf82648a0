import type {
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { parseEntityRef, RELATION_OWNED_BY } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import { groupsOf } from '@waymark/plugin-authorization-node';
import {
  goldenPathsCampaignManagePermission,
  goldenPathsExceptionCreatePermission,
  goldenPathsExceptionDecidePermission,
  goldenPathsUpgradeCreatePermission,
} from '@waymark/plugin-golden-paths-common';
import type { Caller } from '../caller';
import type { ServiceStore } from './ServiceStore';

/** What somebody may do with what their teams own, and what else lets them do it with everything. */
export type OwnershipRights = {
  owned: BasicPermission;
  all: BasicPermission;
  /** Follows on `those who may`, before the component. */
  deed: string;
};

/** Owners upgrade, and those who run campaigns over all. */
export const upgradeRights: OwnershipRights = {
  owned: goldenPathsUpgradeCreatePermission,
  all: goldenPathsCampaignManagePermission,
  deed: 'upgrade',
};

/** Owners ask for exceptions and end them, and those who decide on all. */
export const exceptionRights: OwnershipRights = {
  owned: goldenPathsExceptionCreatePermission,
  all: goldenPathsExceptionDecidePermission,
  deed: 'ask for exceptions and end them for',
};

/** Whether a person may do something with a component: their teams own it, or they may with all. */
export class Ownership {
  readonly #store: ServiceStore;
  readonly #catalog: CatalogService;
  readonly #permissions: PermissionsService;
  readonly #userInfo: UserInfoService;
  readonly #rights: OwnershipRights;

  constructor(options: {
    store: ServiceStore;
    /** Knows components that are no services and on no golden path. */
    catalog: CatalogService;
    permissions: PermissionsService;
    userInfo: UserInfoService;
    rights: OwnershipRights;
  }) {
    this.#store = options.store;
    this.#catalog = options.catalog;
    this.#permissions = options.permissions;
    this.#userInfo = options.userInfo;
    this.#rights = options.rights;
  }

  /** @throws NotAllowedError */
  async require(entityRef: string, caller: Caller): Promise<void> {
    if (!(await this.allows(entityRef, caller))) {
      throw new NotAllowedError(
        `That is for those who may ${
          this.#rights.deed
        } ${entityRef}: the teams that own it, and the platform team`,
      );
    }
  }

  async allows(entityRef: string, { credentials }: Caller): Promise<boolean> {
    const [mayOwned, mayAll] = await this.#permissions.authorize(
      [{ permission: this.#rights.owned }, { permission: this.#rights.all }],
      { credentials },
    );
    if (mayOwned.result !== AuthorizeResult.ALLOW) return false;
    if (mayAll.result === AuthorizeResult.ALLOW) return true;
    const owners = await this.#ownersOf(entityRef, credentials);
    if (owners.length === 0) return false;
    const groups = await groupsOf(this.#userInfo, credentials);
    return owners.some(owner => groups.includes(owner));
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
