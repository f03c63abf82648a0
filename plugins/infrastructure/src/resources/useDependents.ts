import {
  RELATION_DEPENDENCY_OF,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { onCallOf } from '@waymark/plugin-infrastructure-common';
import {
  useAnswer,
  useAskingAgain,
  type Asked,
} from '@waymark/plugin-parts-react';
import { useCallback } from 'react';

/** Something that depends on a resource, whose it is, and where its people are called. */
export type Dependent = {
  entityRef: string;
  owners: string[];
  onCall?: string;
};

/**
 * What the catalog says depends on an entity. The catalog hears of what was
 * made a little later: until it has the entity it knows of nothing that
 * depends on it, and is asked again.
 */
export function useDependents(
  entityRef: string,
): Asked<Dependent[] | 'notInCatalog'> {
  const catalog = useApi(catalogApiRef);
  const question = useCallback(async (): Promise<
    Dependent[] | 'notInCatalog'
  > => {
    const entity = await catalog.getEntityByRef(entityRef);
    if (!entity) return 'notInCatalog';
    const entityRefs = (entity.relations ?? [])
      .filter(({ type }) => type === RELATION_DEPENDENCY_OF)
      .map(({ targetRef }) => targetRef);
    if (entityRefs.length === 0) return [];
    const { items } = await catalog.getEntitiesByRefs({
      entityRefs,
      fields: [
        'kind',
        'metadata.name',
        'metadata.namespace',
        'metadata.annotations',
        'relations',
      ],
    });
    return items.flatMap(item =>
      item
        ? {
            entityRef: stringifyEntityRef(item),
            owners: (item.relations ?? [])
              .filter(({ type }) => type === RELATION_OWNED_BY)
              .map(({ targetRef }) => targetRef),
            onCall: onCallOf(item),
          }
        : [],
    );
  }, [catalog, entityRef]);
  const asked = useAnswer(question);
  useAskingAgain(asked.answer === 'notInCatalog', asked.retry);
  return asked;
}
