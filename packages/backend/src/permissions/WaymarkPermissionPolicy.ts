import type {
  LoggerService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  isResourcePermission,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  createScaffolderActionConditionalDecision,
  createScaffolderTaskConditionalDecision,
  scaffolderActionConditions,
  scaffolderTaskConditions,
} from '@backstage/plugin-scaffolder-backend/alpha';
import type { GroupAncestry } from './GroupAncestry';
import { matrix, type Grant } from './matrix';
import { roleOf, type Role, type RoleGroups } from './roles';

const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };
const deny: PolicyDecision = { result: AuthorizeResult.DENY };

type Person = { ref: string; owns: string[]; role: Role };

/**
 * Decides by role: the matrix says what a role may do, the catalog says which
 * role a person has. Service accounts never come here; what they may do is
 * written beside their token (`backend.auth.externalAccess`).
 */
export class WaymarkPermissionPolicy implements PermissionPolicy {
  readonly #ancestry: GroupAncestry;
  readonly #userInfo: UserInfoService;
  readonly #roleGroups: RoleGroups;
  readonly #actions: string[];
  readonly #logger: LoggerService;
  /** One request asks about many permissions of one person. */
  readonly #people = new WeakMap<PolicyQueryUser, Promise<Person>>();

  constructor(options: {
    ancestry: GroupAncestry;
    userInfo: UserInfoService;
    roleGroups: RoleGroups;
    /** Ids of the scaffolder actions that a `listed` grant covers. */
    actions: string[];
    logger: LoggerService;
  }) {
    this.#ancestry = options.ancestry;
    this.#userInfo = options.userInfo;
    this.#roleGroups = options.roleGroups;
    this.#actions = options.actions;
    this.#logger = options.logger;
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) return deny;
    const row = matrix[permission.name];
    if (!row) {
      this.#logger.warn(
        `Denied ${permission.name}: it has no row in the permission matrix`,
      );
      return deny;
    }
    const person = this.#people.get(user) ?? this.#lookUp(user);
    this.#people.set(user, person);
    return this.#decide(row[(await person).role], permission, await person);
  }

  async #lookUp({ credentials }: PolicyQueryUser): Promise<Person> {
    const { userEntityRef, ownershipEntityRefs } =
      await this.#userInfo.getUserInfo(credentials);
    const groups = await this.#ancestry.withAncestors(ownershipEntityRefs);
    return {
      ref: userEntityRef,
      owns: ownershipEntityRefs,
      role: roleOf(groups, this.#roleGroups),
    };
  }

  #decide(
    grant: Grant,
    permission: Permission,
    person: Person,
  ): PolicyDecision {
    switch (grant) {
      case 'all':
        return allow;
      case 'owned':
        return isResourcePermission(permission, 'catalog-entity')
          ? createCatalogConditionalDecision(
              permission,
              catalogConditions.isEntityOwner({ claims: person.owns }),
            )
          : deny;
      case 'own':
        return isResourcePermission(permission, 'scaffolder-task')
          ? createScaffolderTaskConditionalDecision(
              permission,
              scaffolderTaskConditions.isTaskOwner({ createdBy: [person.ref] }),
            )
          : deny;
      case 'listed':
        return this.#decideAction(permission);
      case 'none':
      default:
        return deny;
    }
  }

  #decideAction(permission: Permission): PolicyDecision {
    const [first, ...others] = this.#actions.map(actionId =>
      scaffolderActionConditions.hasActionId({ actionId }),
    );
    return first && isResourcePermission(permission, 'scaffolder-action')
      ? createScaffolderActionConditionalDecision(permission, {
          anyOf: [first, ...others],
        })
      : deny;
  }
}
