import { Container } from '@backstage/ui';
import { EntityName } from '@waymark/plugin-parts-react';
import { ScopeFilter } from '../parts/ScopeFilter';
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
        <div className={styles.scope}>
          <div className={styles.chooser}>
            <ScopeFilter
              entityRef={entityRef ?? ''}
              onChange={chosen =>
                viewed.change({ entityRef: chosen, by: undefined })
              }
            />
          </div>
          {entityRef && <EntityName entityRef={entityRef} />}
        </div>
        <ScopeOverview key={entityRef} viewed={viewed} />
      </div>
    </Container>
  );
}
