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

/** What a role does, and who has it. */
type Role = { doing: string; groups: string[] };

/** Why nobody decides, where nobody but who asks has the role, and what helps. */
function nobodyElse({ doing, groups }: Role): string {
  const remedy = groups.length
    ? `somebody else is a member of ${groups.join(' or ')}`
    : 'the configuration names a group that does';
  return `Nobody else in the catalog ${doing}. Who asks does not decide, nor does their stand-in, so it waits until ${remedy}.`;
}

/** Those of a role who did not ask. */
function without(asking: string, all: string[], role: Role): Chosen {
  const people = all.filter(person => person !== asking);
  return { people, ...(people.length === 0 && { note: nobodyElse(role) }) };
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

  /** What is to be said where nobody but who asks keeps the platform. */
  get withoutKeepers(): string {
    return nobodyElse(this.#keepers);
  }

  get #keepers(): Role {
    return {
      doing: 'keeps the platform',
      groups: [this.#settings.platformTeam],
    };
  }

  /** Entity references of those who keep the platform, sorted. */
  async platformTeam(): Promise<string[]> {
    return this.#membersOf([this.#settings.platformTeam]);
  }

  /** Those who keep the platform and did not ask; where there are none, what helps. */
  async keepersBut(asking: string): Promise<Chosen> {
    return without(asking, await this.platformTeam(), this.#keepers);
  }

  /** Who may approve a request in this role; who asked for it never may. */
  async among(kind: ApproverKind, of: Asked): Promise<Chosen> {
    switch (kind) {
      case 'ownerLead':
        return this.#leadsOf(of);
      case 'platformTeam':
        return this.keepersBut(of.requestedBy);
      default: {
        const groups = this.#settings.budgetOwners;
        return without(of.requestedBy, await this.#membersOf(groups), {
          doing: 'answers for the budget',
          groups,
        });
      }
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
    const chosen = await this.keepersBut(requestedBy);
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
