import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import { taskCreatePermission } from '@backstage/plugin-scaffolder-common/alpha';
import { Button } from '@backstage/ui';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { hasDocs } from './needs';
import { Arriving, Panel } from './Panel';
import { entityHref, type Me } from './useMe';
import styles from './Home.module.css';

const pageSize = 8;

function Row({ entity }: { entity: Entity }) {
  const ref = stringifyEntityRef(entity);
  const href = entityHref(ref);
  const title = entity.metadata.title ?? entity.metadata.name;
  const lifecycle = String(entity.spec?.lifecycle ?? 'unknown');
  return (
    <li className={styles.row}>
      <div className={styles.rowMain}>
        <Link to={href} className={styles.rowTitle}>
          {title}
        </Link>
        <span className={styles.rowText}>{entity.metadata.description}</span>
      </div>
      <div className={styles.rowFacts}>
        <span>{String(entity.spec?.type ?? 'component')}</span>
        <span className={styles.lifecycle} data-lifecycle={lifecycle}>
          {lifecycle}
        </span>
        {hasDocs(entity) ? (
          <Link
            to={href.replace('/catalog/', '/docs/')}
            aria-label={`Docs of ${title}`}
          >
            Docs
          </Link>
        ) : (
          <span className={styles.absent}>No docs</span>
        )}
      </div>
    </li>
  );
}

/** What to do about owning nothing, as far as the person may do it. */
function NoneYet() {
  const { loading, allowed } = usePermission({
    permission: taskCreatePermission,
  });
  if (loading) return null;
  return (
    <p className={styles.note}>
      Your teams own no component yet.{' '}
      {allowed ? (
        <>
          <Link to="/create">Create one from a template</Link> or{' '}
          <Link to="/catalog-import">register one that exists</Link>.
        </>
      ) : (
        <>
          See what others run in the <Link to="/catalog">catalog</Link>, and
          star what you follow: it then stands on this page.
        </>
      )}
    </p>
  );
}

/** The components that the person's teams own, a page at a time. */
export function MyComponents({ me }: { me: Me }) {
  const catalogApi = useApi(catalogApiRef);
  const [cursor, setCursor] = useState<string>();
  const owners = me.owners.join();
  const page = useAsyncRetry(
    () =>
      catalogApi.queryEntities(
        cursor
          ? { cursor, limit: pageSize }
          : {
              filter: { kind: 'component', 'relations.ownedBy': me.owners },
              fields: ['kind', 'metadata', 'spec.type', 'spec.lifecycle'],
              orderFields: { field: 'metadata.name', order: 'asc' },
              limit: pageSize,
            },
      ),
    [catalogApi, cursor, owners],
  );
  const total = page.value?.totalItems;

  return (
    <Panel
      title="My components"
      aside={
        total !== undefined && <span className={styles.figure}>{total}</span>
      }
    >
      <Arriving of={page} name="your components">
        {({ items, pageInfo, totalItems }) =>
          totalItems === 0 ? (
            <NoneYet />
          ) : (
            <>
              <ul className={styles.rows}>
                {items.map(entity => (
                  <Row key={stringifyEntityRef(entity)} entity={entity} />
                ))}
              </ul>
              {totalItems > pageSize && (
                <div className={styles.pages}>
                  <Button
                    size="small"
                    variant="secondary"
                    isDisabled={!pageInfo.prevCursor || page.loading}
                    onPress={() => setCursor(pageInfo.prevCursor)}
                  >
                    Previous
                  </Button>
                  <Button
                    size="small"
                    variant="secondary"
                    isDisabled={!pageInfo.nextCursor || page.loading}
                    onPress={() => setCursor(pageInfo.nextCursor)}
                  >
                    Next
                  </Button>
                </div>
              )}
            </>
          )
        }
      </Arriving>
    </Panel>
  );
}
