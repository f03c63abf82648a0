import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity, useEntityRefLink } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import { Panel } from '@waymark/plugin-parts-react';
import { useMetrics } from '../live/questions';
import { MetricsFailure } from '../parts/MetricsFailure';
import { queryOf } from '../view/view';
import { MetricList } from './MetricList';

/** The five metrics of the entity over 30 days. */
export function EntityDeliveryCard() {
  const { entity } = useEntity();
  const href = `${useEntityRefLink()(entity)}/delivery`;
  const { value, error, refresh } = useMetrics(
    queryOf(
      { period: '30d', entityRef: stringifyEntityRef(entity) },
      new Date(),
    ),
  );
  return (
    <Panel
      title="Delivery"
      lead="Of the last 30 days"
      aside={<Link href={href}>All about it</Link>}
    >
      {error ? (
        <MetricsFailure error={error} onRetry={refresh} />
      ) : (
        <MetricList answer={value} href={href} />
      )}
    </Panel>
  );
}
