import { stringifyEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import { ButtonLink, Link, Skeleton } from '@backstage/ui';
import { infrastructureRequestCreatePermission } from '@waymark/plugin-infrastructure-common';
import { Failure, Panel } from '@waymark/plugin-parts-react';
import { useResources } from '../live/questions';
import { ResourceTable } from '../resources/ResourceTable';
import { offeringsRouteRef, resourcesRouteRef } from '../routes';
import styles from './ComponentCard.module.css';

const limit = 10;

/** The resources of a component, and the way to ask for more. */
export function ComponentCard() {
  const { entity } = useEntity();
  const component = stringifyEntityRef(entity);
  const { value, error, refresh } = useResources({
    component,
    limit,
    offset: 0,
  });
  const query = new URLSearchParams({ component });
  const offeringsHref = useRouteRef(offeringsRouteRef)?.() ?? '';
  const listHref = `${useRouteRef(resourcesRouteRef)?.() ?? ''}?${query}`;
  const { allowed } = usePermission({
    permission: infrastructureRequestCreatePermission,
  });
  return (
    <Panel
      title="Infrastructure"
      aside={
        allowed && (
          <ButtonLink
            size="small"
            variant="secondary"
            href={`${offeringsHref}?${query}`}
          >
            Request
          </ButtonLink>
        )
      }
    >
      {error && (
        <Failure
          title="The resources could not be read"
          error={error}
          onRetry={refresh}
        />
      )}
      {!value && !error && <Skeleton width="100%" height={64} />}
      {value?.total === 0 && (
        <p className={styles.none}>
          No database, bucket or other resource belongs to it that was requested
          here.
        </p>
      )}
      {value && value.total > 0 && (
        <>
          <ResourceTable rows={value.items} isOfComponent />
          {value.total > limit && (
            <p className={styles.more}>
              <Link href={listHref}>{`All ${value.total} of them`}</Link>
            </p>
          )}
        </>
      )}
    </Panel>
  );
}
