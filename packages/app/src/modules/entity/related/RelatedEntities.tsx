import {
  type Entity,
  RELATION_API_CONSUMED_BY,
  RELATION_MEMBER_OF,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  RELATION_PROVIDES_API,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { CatalogApi } from '@backstage/catalog-client';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef, useEntity } from '@backstage/plugin-catalog-react';
import { createContext, type ReactNode, useContext } from 'react';
import useAsync from 'react-use/esm/useAsync';
import { SHOWN_FIELDS, targetsOf } from './fields';

/** More than this is shown by the catalog's own list, one page at a time. */
const OWNED_LIMIT = 200;

/** What is known of the entities around the one on the page. */
export type RelatedEntities = {
  loading: boolean;
  error?: Error;
  /** Entities by their reference. One that is asked for and missing is not in the catalog. */
  byRef: ReadonlyMap<string, Entity>;
  /** Who consumes the APIs that the entity provides. */
  consumers: string[];
  /** What the teams of a person own. */
  ownedByTeams: string[];
};

const NOTHING: RelatedEntities = {
  loading: true,
  byRef: new Map(),
  consumers: [],
  ownedByTeams: [],
};

const RelatedEntitiesContext = createContext<RelatedEntities>(NOTHING);

async function fetchAll(
  catalog: CatalogApi,
  refs: string[],
): Promise<Map<string, Entity>> {
  if (refs.length === 0) {
    return new Map();
  }
  const { items } = await catalog.getEntitiesByRefs({
    entityRefs: refs,
    fields: SHOWN_FIELDS,
  });
  return new Map(
    items.flatMap((item, index) => (item ? [[refs[index], item]] : [])),
  );
}

async function fetchOwned(
  catalog: CatalogApi,
  owners: string[],
): Promise<Entity[]> {
  if (owners.length === 0) {
    return [];
  }
  const { items } = await catalog.queryEntities({
    filter: { [`relations.${RELATION_OWNED_BY}`]: owners },
    fields: SHOWN_FIELDS,
    limit: OWNED_LIMIT,
    orderFields: { field: 'metadata.name', order: 'asc' },
  });
  return items;
}

async function fetchRelated(
  catalog: CatalogApi,
  entity: Entity,
): Promise<Omit<RelatedEntities, 'loading' | 'error'>> {
  const near = [
    ...new Set((entity.relations ?? []).map(relation => relation.targetRef)),
  ];
  const byRef = await fetchAll(catalog, near);

  const consumers = new Set(
    targetsOf(entity, RELATION_PROVIDES_API).flatMap(ref => {
      const api = byRef.get(ref);
      return api ? targetsOf(api, RELATION_API_CONSUMED_BY) : [];
    }),
  );
  consumers.delete(stringifyEntityRef(entity));
  // The domain of a component is known through its system only.
  const wholes = targetsOf(entity, RELATION_PART_OF).flatMap(ref => {
    const whole = byRef.get(ref);
    return whole ? targetsOf(whole, RELATION_PART_OF) : [];
  });
  const unknown = [...new Set([...consumers, ...wholes])].filter(
    ref => !byRef.has(ref),
  );
  for (const [ref, found] of await fetchAll(catalog, unknown)) {
    byRef.set(ref, found);
  }

  const owned = await fetchOwned(
    catalog,
    targetsOf(entity, RELATION_MEMBER_OF),
  );
  for (const item of owned) {
    byRef.set(stringifyEntityRef(item), item);
  }
  return {
    byRef,
    consumers: [...consumers],
    ownedByTeams: owned.map(item => stringifyEntityRef(item)),
  };
}

/** Fetches once what every card of the page shows of the entities around it. */
export function RelatedEntitiesProvider(props: { children: ReactNode }) {
  const { entity } = useEntity();
  const catalog = useApi(catalogApiRef);
  const { value, loading, error } = useAsync(
    () => fetchRelated(catalog, entity),
    [catalog, entity],
  );
  return (
    <RelatedEntitiesContext.Provider
      value={{ ...NOTHING, ...value, loading, error }}
    >
      {props.children}
    </RelatedEntitiesContext.Provider>
  );
}

/** The entities around the one on the page. */
export function useRelatedEntities(): RelatedEntities {
  return useContext(RelatedEntitiesContext);
}
