import { Link, Skeleton } from '@backstage/ui';
import { DeploymentTable } from '../deployments/DeploymentTable';
import { IncidentTable } from '../incidents/IncidentTable';
import { useDeployments, useIncidents } from '../live/questions';
import type { ReactNode } from 'react';
import { Failure, type Live, Panel } from '@waymark/plugin-parts-react';
import styles from './Latest.module.css';

const limit = 5;

function LatestPanel<T>(props: {
  title: string;
  /** What is listed: "deployments". */
  of: string;
  href: string;
  live: Live<{ items: T[] }>;
  children: (items: T[]) => ReactNode;
}) {
  const { title, of, href, live, children } = props;
  const { value, error, refresh } = live;
  return (
    <Panel title={title} aside={<Link href={href}>{`All ${of}`}</Link>}>
      {error && (
        <Failure
          title={`The ${of} could not be read`}
          error={error}
          onRetry={refresh}
        />
      )}
      {!value && !error && <Skeleton width="100%" height={120} />}
      {value &&
        (value.items.length > 0 ? (
          children(value.items)
        ) : (
          <p className={styles.none}>None in this period.</p>
        ))}
    </Panel>
  );
}

/** The latest deployments and incidents of a component within a period. */
export function Latest(props: {
  entityRef: string;
  range: { from: string; to?: string };
  environment: string;
  deploymentsHref: string;
  incidentsHref: string;
}) {
  const { entityRef, range, environment } = props;
  const deployments = useDeployments({
    entityRef,
    ...range,
    environment,
    limit,
  });
  const incidents = useIncidents({ entityRef, ...range, limit });
  return (
    <>
      <LatestPanel
        title="Latest deployments"
        of="deployments"
        href={props.deploymentsHref}
        live={deployments}
      >
        {items => <DeploymentTable rows={items} />}
      </LatestPanel>
      <LatestPanel
        title="Latest incidents"
        of="incidents"
        href={props.incidentsHref}
        live={incidents}
      >
        {items => (
          <IncidentTable rows={items} onCorrected={incidents.refresh} />
        )}
      </LatestPanel>
    </>
  );
}
