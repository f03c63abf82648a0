import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import { Link, Skeleton } from '@backstage/ui';
import { Failure, useMyTeams } from '@waymark/plugin-parts-react';
import { useMetrics } from '../live/questions';
import { changedChannel } from '../live/useDora';
import { metricsRouteRef } from '../routes';
import { queryOf } from '../view/view';
import { MetricList } from './MetricList';
import styles from './MyTeamsDelivery.module.css';

function Team({ entityRef }: { entityRef: string }) {
  const { primaryTitle } = useEntityPresentation(entityRef);
  const page = useRouteRef(metricsRouteRef)?.() ?? '';
  const href = `${page}?${new URLSearchParams({ entityRef })}`;
  const { value, error, refresh } = useMetrics(
    queryOf({ period: '30d', entityRef }, new Date()),
  );
  return (
    <section aria-label={`Delivery of ${primaryTitle}`} className={styles.team}>
      <h3 className={styles.name}>
        <Link href={href}>{primaryTitle}</Link>
      </h3>
      {error ? (
        <Failure
          title="The metrics could not be read"
          error={error}
          onRetry={refresh}
        />
      ) : (
        <MetricList answer={value} href={href} />
      )}
    </section>
  );
}

/** The five metrics over 30 days of each team one is a member of. */
export function MyTeamsDelivery() {
  const { value, error, refresh } = useMyTeams(changedChannel);
  if (error) {
    return (
      <Failure
        title="Your teams could not be read"
        error={error}
        onRetry={refresh}
      />
    );
  }
  if (!value) return <Skeleton width="100%" height={96} />;
  if (value.length === 0) {
    return <p className={styles.none}>You are a member of no team yet.</p>;
  }
  return (
    <div className={styles.teams}>
      {value.map(entityRef => (
        <Team key={entityRef} entityRef={entityRef} />
      ))}
    </div>
  );
}
