import { useRouteRef } from '@backstage/frontend-plugin-api';
import type { Correction } from '@waymark/plugin-dora-common';
import { Link } from '@backstage/ui';
import { DataTable, EntityName, timeText } from '@waymark/plugin-parts-react';
import { deploymentRouteRef } from '../routes';

function What({ correction }: { correction: Correction }) {
  const hrefOf = useRouteRef(deploymentRouteRef);
  const { what, deployment } = correction;
  return deployment && hrefOf ? (
    <Link href={hrefOf({ id: deployment })}>{what}</Link>
  ) : (
    <>{what}</>
  );
}

/** Who corrected what, when and why. */
export function CorrectionTable({ rows }: { rows: Correction[] }) {
  return (
    <DataTable
      label="Corrections"
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        { title: 'What', render: row => <What correction={row} /> },
        { title: 'Reason', render: ({ reason }) => reason },
        {
          title: 'By',
          render: ({ by }) =>
            by.startsWith('user:') ? <EntityName entityRef={by} /> : by,
        },
        { title: 'When', render: ({ at }) => timeText(at) },
        {
          title: 'State',
          render: ({ active }) => (active ? 'In force' : 'Superseded'),
        },
      ]}
    />
  );
}
