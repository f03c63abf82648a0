import type { AuthService } from '@backstage/backend-plugin-api';
import {
  RELATION_CHILD_OF,
  RELATION_PART_OF,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/** Annotation of a group: who pays for what it owns. Groups below inherit it. */
export const costCentreAnnotation = 'waymark.io/cost-centre';

/** What has to be read of an entity, so that its surroundings can be found. */
export const surroundingFields = ['kind', 'metadata', 'relations'];

/** Entities by their references; undefined where the catalog has none. */
export type Known = Map<string, Entity | undefined>;

const first = (entity: Entity | undefined, type: string, kind: string) =>
  entity?.relations?.find(
    relation =>
      relation.type === type && relation.targetRef.startsWith(`${kind}:`),
  )?.targetRef;

/** What the catalog knows around a resource, so that nobody has to type it. */
export class Surroundings {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;

  constructor(options: { catalog: CatalogService; auth: AuthService }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
  }

  /**
   * Finds the system of a component, and the cost centre of a group or of the
   * nearest group above it that has one.
   *
   * @param known - what was read of the two already, with annotations and relations
   */
  async of(
    owner: string,
    component: string | null | undefined,
    known: Known = new Map(),
  ): Promise<{ system?: string; costCentre?: string }> {
    const refs = component ? [owner, component] : [owner];
    const entities = refs.every(ref => known.has(ref))
      ? known
      : await this.#entities(refs);
    const system =
      component && first(entities.get(component), RELATION_PART_OF, 'system');
    const costCentre = await this.#costCentreOf(owner, entities);
    return { ...(system && { system }), ...(costCentre && { costCentre }) };
  }

  async #costCentreOf(owner: string, near: Known): Promise<string | undefined> {
    const seen = new Set<string>();
    let entities = near;
    for (let ref: string | undefined = owner; ref && !seen.has(ref); ) {
      seen.add(ref);
      const group: Entity | undefined = entities.get(ref);
      const said = group?.metadata.annotations?.[costCentreAnnotation]?.trim();
      if (said) return said;
      ref = first(group, RELATION_CHILD_OF, 'group');
      if (ref) entities = await this.#entities([ref]);
    }
    return undefined;
  }

  async #entities(entityRefs: string[]): Promise<Known> {
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs, fields: surroundingFields },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    return new Map(entityRefs.map((ref, index) => [ref, items[index]]));
  }
}
