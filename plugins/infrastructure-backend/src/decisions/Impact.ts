import type { AuthService } from '@backstage/backend-plugin-api';
import {
  RELATION_API_CONSUMED_BY,
  RELATION_DEPENDENCY_OF,
  RELATION_OWNED_BY,
  RELATION_PROVIDES_API,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  onCallOf,
  type Affected,
  type Reach,
  type PlannedChange,
} from '@waymark/plugin-infrastructure-common';

/** How far effects are followed: what is further away hardly feels it, and much of a catalog hangs together. */
const mostSteps = 3;
/** How many are found; a page with more is read by nobody. */
const mostAffected = 200;

/** What stands on an entity, or is where others stand on it. */
const onwards = [
  RELATION_DEPENDENCY_OF,
  RELATION_PROVIDES_API,
  RELATION_API_CONSUMED_BY,
];

/** Who would feel it, and how far was looked. */
export type Felt = { affected: Affected[]; reach: Reach };

const standingOn = (entity: Entity | undefined) =>
  (entity?.relations ?? [])
    .filter(({ type }) => onwards.includes(type))
    .map(({ targetRef }) => targetRef);

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
   * What stands on a resource, then what stands on that, and so on: the nearest
   * first.
   *
   * @param entityRef - the resource in the catalog
   * @param component - what it was asked for
   */
  async of(entityRef: string, component: string | undefined): Promise<Felt> {
    const affected: Affected[] = [];
    const seen = new Set([entityRef]);
    /** What is to be looked at next, and through what it is reached. */
    let ahead = new Map<string, string | undefined>();
    const goOn = (refs: string[], through?: string) => {
      for (const ref of refs) {
        if (!seen.has(ref) && !ahead.has(ref)) ahead.set(ref, through);
      }
    };
    const [resource] = await this.#entities([entityRef]);
    goOn([...(component ? [component] : []), ...standingOn(resource)]);
    for (let steps = 1; steps <= mostSteps && ahead.size > 0; steps++) {
      const room = mostAffected - affected.length;
      const refs = [...ahead.keys()].sort();
      const through = ahead;
      const entities = await this.#entities(refs.slice(0, room));
      ahead = new Map();
      for (const ref of refs) seen.add(ref);
      for (const [index, entity] of entities.entries()) {
        if (!entity) continue;
        affected.push(toAffected(entity, steps, through.get(refs[index])));
        goOn(standingOn(entity), refs[index]);
      }
      if (refs.length > room) {
        return { affected, reach: { steps, isWhole: false } };
      }
    }
    return { affected, reach: { steps: mostSteps, isWhole: ahead.size === 0 } };
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

function toAffected(
  entity: Entity,
  steps: number,
  through: string | undefined,
): Affected {
  const onCall = onCallOf(entity);
  return {
    entityRef: stringifyEntityRef(entity),
    owner:
      entity.relations?.find(({ type }) => type === RELATION_OWNED_BY)
        ?.targetRef ?? 'nobody',
    ...(onCall && { onCall }),
    steps,
    ...(through && { through }),
  };
}
