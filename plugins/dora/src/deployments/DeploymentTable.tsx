import { useRouteRef } from '@backstage/frontend-plugin-api';
import { deploymentName, type Deployment } from '@waymark/plugin-dora-common';
import { Link } from '@backstage/ui';
import { DataTable, EntityName, timeText } from '@waymark/plugin-parts-react';
import { deploymentRouteRef } from '../routes';
import { Outcome, Rework } from './Outcome';
import styles from './Deployment.module.css';

/** Deployments, one a row. */
export function DeploymentTable({ rows }: { rows: Deployment[] }) {
  const hrefOf = useRouteRef(deploymentRouteRef);
  return (
    <DataTable
      label="Deployments"
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          title: 'Deployment',
          render: deployment => (
            <Link href={hrefOf?.({ id: deployment.id }) ?? ''}>
              {deploymentName(deployment)}
            </Link>
          ),
        },
        {
          title: 'Component',
          render: ({ service }) => <EntityName entityRef={service} />,
        },
        { title: 'Environment', render: ({ environment }) => environment },
        { title: 'When', render: ({ at }) => timeText(at) },
        {
          title: 'Outcome',
          render: deployment => (
            <span className={styles.marks}>
              <Outcome deployment={deployment} />
              <Rework deployment={deployment} />
            </span>
          ),
        },
        {
          title: 'Changes',
          render: ({ changes }) => changes,
          isFigure: true,
        },
        {
          title: 'Incidents',
          render: ({ incidents }) => incidents,
          isFigure: true,
        },
      ]}
    />
  );
}
