import type { AuthService } from '@backstage/backend-plugin-api';
import {
  RELATION_CHILD_OF,
  RELATION_HAS_MEMBER,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ApproverKind } from '@waymark/plugin-infrastructure-common';
import type { InfrastructureSettings } from '../config';

const related = (entity: Entity | undefined, type: string, kind: string) =>
  (entity?.relations ?? [])
    .filter(
      relation =>
        relation.type === type && relation.targetRef.startsWith(`${kind}:`),
    )
    .map(({ targetRef }) => targetRef);

/** Finds the people who may approve, in the catalog as it is now. */
export class Approvers {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #settings: Pick<
    InfrastructureSettings,
    'leads' | 'platformTeam' | 'budgetOwners'
  >;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    settings: Pick<
      InfrastructureSettings,
      'leads' | 'platformTeam' | 'budgetOwners'
    >;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#settings = options.settings;
  }

  /** Entity references of those who may approve in this role, sorted. */
  async people(kind: ApproverKind, owner: string): Promise<string[]> {
    switch (kind) {
      case 'ownerLead':
        return this.#leadsOf(owner);
      case 'platformTeam':
        return this.#membersOf([this.#settings.platformTeam]);
      default:
        return this.#membersOf(this.#settings.budgetOwners);
    }
  }

  /** A group without leads is led by those of the group above it; at the top, by the platform team. */
  async #leadsOf(owner: string): Promise<string[]> {
    const leads = new Set(await this.#membersOf(this.#settings.leads));
    const seen = new Set<string>();
    for (let ref: string | undefined = owner; ref && !seen.has(ref); ) {
      seen.add(ref);
      const [group]: (Entity | undefined)[] = await this.#groups([ref]);
      const found = related(group, RELATION_HAS_MEMBER, 'user').filter(member =>
        leads.has(member),
      );
      if (found.length > 0) return found.sort();
      [ref] = related(group, RELATION_CHILD_OF, 'group');
    }
    return this.#membersOf([this.#settings.platformTeam]);
  }

  async #membersOf(groups: string[]): Promise<string[]> {
    const entities = await this.#groups(groups);
    return [
      ...new Set(
        entities.flatMap(group => related(group, RELATION_HAS_MEMBER, 'user')),
      ),
    ].sort();
  }

  async #groups(entityRefs: string[]): Promise<(Entity | undefined)[]> {
    if (entityRefs.length === 0) return [];
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs, fields: ['kind', 'metadata.name', 'relations'] },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    return items;
  }
}
