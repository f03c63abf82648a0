import type {
  AuthService,
  BackstageCredentials,
  BackstageUserPrincipal,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  ANNOTATION_ORIGIN_LOCATION,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { GroupAncestry } from './GroupAncestry';
import { roleOf, type RoleGroups } from './roles';

/** As many as a refusal names. */
const named = 3;

/**
 * Unregistering a location removes every entity it brought. The permission
 * knows no owner, so this adds what it cannot say: one owns all of them, or is
 * a platform engineer.
 */
export class OwnedLocations {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #userInfo: UserInfoService;
  readonly #ancestry: GroupAncestry;
  readonly #roleGroups: RoleGroups;

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    userInfo: UserInfoService;
    ancestry: GroupAncestry;
    roleGroups: RoleGroups;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#userInfo = options.userInfo;
    this.#ancestry = options.ancestry;
    this.#roleGroups = options.roleGroups;
  }

  /**
   * @param locationId - the id that registering answered
   * @throws NotAllowedError when the location brought something of others
   */
  async requireOwned(
    locationId: string,
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<void> {
    const { ownershipEntityRefs } = await this.#userInfo.getUserInfo(
      credentials,
    );
    const groups = await this.#ancestry.withAncestors(ownershipEntityRefs);
    if (roleOf(groups, this.#roleGroups) === 'platform-engineer') return;
    const foreign = await this.#foreign(locationId, ownershipEntityRefs);
    if (foreign.length > 0) {
      const more = foreign.length - named;
      throw new NotAllowedError(
        `This location brought ${foreign.slice(0, named).join(', ')}${
          more > 0 ? ` and ${more} more` : ''
        }, which none of your groups owns. Their owners or a platform engineer can unregister it`,
      );
    }
  }

  async #foreign(locationId: string, owns: string[]): Promise<string[]> {
    // With the portal's own eyes: what the person may not see is still removed.
    const credentials = await this.#auth.getOwnServiceCredentials();
    const location = await this.#catalog.getLocationById(locationId, {
      credentials,
    });
    // The catalog itself says that it does not exist.
    if (!location) return [];
    const { items } = await this.#catalog.getEntities(
      {
        filter: {
          [`metadata.annotations.${ANNOTATION_ORIGIN_LOCATION}`]: `${location.type}:${location.target}`,
        },
        fields: ['kind', 'metadata.name', 'metadata.namespace', 'relations'],
      },
      { credentials },
    );
    return items
      .filter(
        // The location's own entry belongs to nobody.
        entity =>
          entity.kind !== 'Location' &&
          !entity.relations?.some(
            relation =>
              relation.type === RELATION_OWNED_BY &&
              owns.includes(relation.targetRef),
          ),
      )
      .map(entity => stringifyEntityRef(entity));
  }
}
