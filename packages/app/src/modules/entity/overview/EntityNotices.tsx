import {
  ENTITY_STATUS_CATALOG_PROCESSING_TYPE,
  type CatalogApi,
} from '@backstage/catalog-client';
import {
  type Entity,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { AlphaEntity } from '@backstage/catalog-model/alpha';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  catalogApiRef,
  EntityRefLink,
  EntityRefLinks,
  getEntityRelations,
  useEntity,
} from '@backstage/plugin-catalog-react';
import { Alert } from '@backstage/ui';
import useAsync from 'react-use/esm/useAsync';
import { specText } from '../related/fields';
import styles from './EntityNotices.module.css';

type Problem = { entity: Entity; messages: string[] };

/** What went wrong when the entity, or a file it comes from, was processed. */
async function findProblems(
  catalog: CatalogApi,
  entityRef: string,
): Promise<Problem[]> {
  const { items } = await catalog.getEntityAncestors({ entityRef });
  return items
    .map(({ entity }) => ({
      entity,
      messages: ((entity as AlphaEntity).status?.items ?? [])
        .filter(
          item =>
            item.type === ENTITY_STATUS_CATALOG_PROCESSING_TYPE &&
            item.level === 'error',
        )
        .map(item => item.error?.message ?? item.message),
    }))
    .filter(problem => problem.messages.length > 0);
}

function Lifecycle({ entity }: { entity: Entity }) {
  const lifecycle = specText(entity, 'lifecycle')?.toLowerCase();
  const owners = getEntityRelations(entity, RELATION_OWNED_BY);
  if (lifecycle === 'deprecated') {
    return (
      <Alert
        icon
        status="danger"
        title="Deprecated"
        description={
          <>
            Build nothing new on it.{' '}
            {owners.length > 0 && (
              <>
                <EntityRefLinks entityRefs={owners} defaultKind="group" /> can
                tell what replaces it.
              </>
            )}
          </>
        }
      />
    );
  }
  if (lifecycle === 'experimental') {
    return (
      <Alert
        icon
        status="warning"
        title="Experimental"
        description="It may change or go away without notice. Do not let production depend on it."
      />
    );
  }
  return null;
}

function ProcessingProblem({ entity, messages }: Problem) {
  const { entity: shown } = useEntity();
  const own = stringifyEntityRef(shown) === stringifyEntityRef(entity);
  return (
    <Alert
      icon
      status="danger"
      title="The catalog could not read all of this"
      description={
        <>
          {own ? (
            'What you see is the last version that could be read. '
          ) : (
            <>
              The error is in{' '}
              <EntityRefLink
                entityRef={entity}
                title={specText(entity, 'target')}
              />
              , which this comes from.{' '}
            </>
          )}
          Correct the file; the catalog reads it again by itself.
          {messages.map(message => (
            <pre key={message} className={styles.message}>
              {message}
            </pre>
          ))}
        </>
      }
    />
  );
}

/** What a reader must know of an entity before anything else. */
export function EntityNotices() {
  const { entity } = useEntity();
  const catalog = useApi(catalogApiRef);
  const { value: problems, error } = useAsync(
    () => findProblems(catalog, stringifyEntityRef(entity)),
    [catalog, entity],
  );
  const orphan =
    entity.metadata.annotations?.['backstage.io/orphan'] === 'true';

  return (
    <div className={styles.notices}>
      <Lifecycle entity={entity} />
      {orphan && (
        <Alert
          icon
          status="warning"
          title="No source mentions this any more"
          description="It was moved or removed where it was registered, and is not kept up to date. Register it from its new place, or unregister it in the menu above."
        />
      )}
      {error && (
        <Alert
          icon
          status="warning"
          title="The catalog did not say whether it could read this"
          description={error.message}
        />
      )}
      {problems?.map(problem => (
        <ProcessingProblem
          key={stringifyEntityRef(problem.entity)}
          {...problem}
        />
      ))}
    </div>
  );
}
