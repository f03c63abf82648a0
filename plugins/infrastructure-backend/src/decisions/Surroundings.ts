import type { AuthService } from '@backstage/backend-plugin-api';
import {
  RELATION_CHILD_OF,
  RELATION_PART_OF,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/** Annotation of a group: who pays for what it owns. Groups below inherit it. */
export const costCentreAnnotation = 'waymark.io/cost-centre';

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
   */
  async of(
    owner: string,
    component: string | null | undefined,
  ): Promise<{ system?: string; costCentre?: string }> {
    const [system, costCentre] = await Promise.all([
      component
        ? this.#entity(component).then(entity =>
            first(entity, RELATION_PART_OF, 'system'),
          )
        : undefined,
      this.#costCentreOf(owner),
    ]);
    return { ...(system && { system }), ...(costCentre && { costCentre }) };
  }

  async #costCentreOf(owner: string): Promise<string | undefined> {
    const seen = new Set<string>();
    for (let ref: string | undefined = owner; ref && !seen.has(ref); ) {
      seen.add(ref);
      const group: Entity | undefined = await this.#entity(ref);
      const said = group?.metadata.annotations?.[costCentreAnnotation]?.trim();
      if (said) return said;
      ref = first(group, RELATION_CHILD_OF, 'group');
    }
    return undefined;
  }

  async #entity(ref: string): Promise<Entity | undefined> {
    return this.#catalog.getEntityByRef(ref, {
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
  }
}
