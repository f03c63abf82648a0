import type { AuthService } from '@backstage/backend-plugin-api';
import {
  RELATION_DEPENDENCY_OF,
  RELATION_OWNED_BY,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  onCallOf,
  type Affected,
  type PlannedChange,
} from '@waymark/plugin-infrastructure-common';

/** Whether a plan takes something away that others may stand on. */
export function takesAway(changes: PlannedChange[]): boolean {
  return changes.some(({ action }) => ['replace', 'delete'].includes(action));
}

/** Who would feel it when a resource is changed, replaced or deleted, as the catalog knows. */
export class Impact {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;

  constructor(options: { catalog: CatalogService; auth: AuthService }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
  }

  /**
   * @param entityRef - the resource in the catalog
   * @param component - what it was asked for
   */
  async of(
    entityRef: string,
    component: string | undefined,
  ): Promise<Affected[]> {
    const [resource] = await this.#entities([entityRef]);
    const dependents = (resource?.relations ?? [])
      .filter(({ type }) => type === RELATION_DEPENDENCY_OF)
      .map(({ targetRef }) => targetRef);
    const refs = new Set([...(component ? [component] : []), ...dependents]);
    const entities = await this.#entities([...refs].sort());
    return entities
      .filter(entity => entity !== undefined)
      .map(entity => {
        const onCall = onCallOf(entity);
        return {
          entityRef: stringifyEntityRef(entity),
          owner:
            entity.relations?.find(({ type }) => type === RELATION_OWNED_BY)
              ?.targetRef ?? 'nobody',
          ...(onCall && { onCall }),
        };
      });
  }

  async #entities(entityRefs: string[]): Promise<(Entity | undefined)[]> {
    if (entityRefs.length === 0) return [];
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    return items;
  }
}
