import { Container, Link } from '@backstage/ui';
import { EntityName } from '../parts/EntityName';
import { useView } from '../view/useView';
import { ScopeOverview } from './ScopeOverview';
import styles from './MetricsPage.module.css';

/** Delivery of the whole organisation, or of the part that the address names. */
export function MetricsPage() {
  const viewed = useView();
  const { entityRef } = viewed.view;
  return (
    <Container>
      <div className={styles.page}>
        <p className={styles.scope}>
          {entityRef ? (
            <>
              <Link
                href={viewed.hrefWith({ entityRef: undefined, by: undefined })}
              >
                The whole organisation
              </Link>
              {' › '}
              <EntityName entityRef={entityRef} />
            </>
          ) : (
            'The whole organisation'
          )}
        </p>
        <ScopeOverview key={entityRef} viewed={viewed} />
      </div>
    </Container>
  );
}
