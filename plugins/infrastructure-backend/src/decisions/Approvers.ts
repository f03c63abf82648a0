import type { AuthService } from '@backstage/backend-plugin-api';
import {
  RELATION_CHILD_OF,
  RELATION_HAS_MEMBER,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  Approver,
  ApproverKind,
} from '@waymark/plugin-infrastructure-common';
import type { InfrastructureSettings } from '../config';

const related = (entity: Entity | undefined, type: string, kind: string) =>
  (entity?.relations ?? [])
    .filter(
      relation =>
        relation.type === type && relation.targetRef.startsWith(`${kind}:`),
    )
    .map(({ targetRef }) => targetRef);

/** Whose request has to be approved. */
type Asked = {
  /** The group that is to own what was asked for. */
  owner: string;
  requestedBy: string;
};

/** Who may approve, and why it is they, where the role does not say so. */
export type Chosen = Pick<Approver, 'people' | 'note'>;

/** Those of a role who did not ask. */
function without(asking: string, all: string[], doing: string): Chosen {
  const people = all.filter(person => person !== asking);
  return {
    people,
    ...(people.length === 0 && {
      note: `Nobody else in the catalog ${doing}: it cannot be approved until somebody does.`,
    }),
  };
}

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

  /** Entity references of those who keep the platform, sorted. */
  async platformTeam(): Promise<string[]> {
    return this.#membersOf([this.#settings.platformTeam]);
  }

  /** Who may approve a request in this role; who asked for it never may. */
  async among(kind: ApproverKind, of: Asked): Promise<Chosen> {
    switch (kind) {
      case 'ownerLead':
        return this.#leadsOf(of);
      case 'platformTeam':
        return without(
          of.requestedBy,
          await this.platformTeam(),
          'keeps the platform',
        );
      default:
        return without(
          of.requestedBy,
          await this.#membersOf(this.#settings.budgetOwners),
          'answers for the budget',
        );
    }
  }

  /**
   * A group that nobody else leads than who asked is led by those of the group
   * above it; at the top, by the platform team.
   */
  async #leadsOf({ owner, requestedBy }: Asked): Promise<Chosen> {
    const leads = new Set(await this.#membersOf(this.#settings.leads));
    const seen = new Set<string>();
    for (let ref: string | undefined = owner; ref && !seen.has(ref); ) {
      seen.add(ref);
      const [group]: (Entity | undefined)[] = await this.#groups([ref]);
      const people = related(group, RELATION_HAS_MEMBER, 'user').filter(
        member => leads.has(member) && member !== requestedBy,
      );
      if (people.length > 0) {
        return {
          people: people.sort(),
          ...(ref !== owner && {
            note: `Nobody else leads ${owner}, so it is for those who lead ${ref}.`,
          }),
        };
      }
      [ref] = related(group, RELATION_CHILD_OF, 'group');
    }
    const chosen = without(
      requestedBy,
      await this.platformTeam(),
      'keeps the platform',
    );
    return {
      ...chosen,
      note: [
        `Nobody else leads ${owner} or a group above it, so it is for the platform team.`,
        ...(chosen.note ? [chosen.note] : []),
      ].join(' '),
    };
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
