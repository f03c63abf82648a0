import {
  RELATION_DEPENDENCY_OF,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useAnswer, type Asked } from '@waymark/plugin-parts-react';
import { useCallback } from 'react';

/** Something that depends on a resource, and whose it is. */
export type Dependent = { entityRef: string; owners: string[] };

/** What the catalog says depends on an entity. */
export function useDependents(entityRef: string): Asked<Dependent[]> {
  const catalog = useApi(catalogApiRef);
  const question = useCallback(async (): Promise<Dependent[]> => {
    const entity = await catalog.getEntityByRef(entityRef);
    const entityRefs = (entity?.relations ?? [])
      .filter(({ type }) => type === RELATION_DEPENDENCY_OF)
      .map(({ targetRef }) => targetRef);
    if (entityRefs.length === 0) return [];
    const { items } = await catalog.getEntitiesByRefs({
      entityRefs,
      fields: ['kind', 'metadata.name', 'metadata.namespace', 'relations'],
    });
    return items.flatMap(item =>
      item
        ? {
            entityRef: stringifyEntityRef(item),
            owners: (item.relations ?? [])
              .filter(({ type }) => type === RELATION_OWNED_BY)
              .map(({ targetRef }) => targetRef),
          }
        : [],
    );
  }, [catalog, entityRef]);
  return useAnswer(question);
}
