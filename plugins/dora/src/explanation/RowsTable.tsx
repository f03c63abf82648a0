import { useRouteRef } from '@backstage/frontend-plugin-api';
import { valueText, type Metric, type Row } from '@waymark/plugin-dora-common';
import { Link } from '@backstage/ui';
import {
  type Column,
  DataTable,
  EntityName,
  timeText,
} from '@waymark/plugin-parts-react';
import { deploymentRouteRef } from '../routes';
import styles from './Explanation.module.css';

function What({ row }: { row: Row }) {
  const hrefOf = useRouteRef(deploymentRouteRef);
  return (
    <>
      {row.deployment && hrefOf ? (
        <Link href={hrefOf({ id: row.deployment })}>{row.title}</Link>
      ) : (
        row.title
      )}
      {row.url && (
        <>
          {' '}
          <Link
            href={row.url}
            target="_blank"
            rel="noopener noreferrer"
            color="secondary"
          >
            source
          </Link>
        </>
      )}
      {row.reason && <span className={styles.reason}>{row.reason}</span>}
    </>
  );
}

function effect(row: Row, unit: Metric['unit']): string {
  if (row.open) return 'still open';
  if (typeof row.value === 'number') return valueText(unit, row.value);
  return unit === 'share' && row.counted ? 'counted' : '';
}

/** Rows that a number was made of, or that were left out of it. */
export function RowsTable(props: {
  label: string;
  rows: Row[];
  unit: Metric['unit'];
  timeZone?: string;
}) {
  const { label, rows, unit, timeZone } = props;
  const columns: Column<Row>[] = [
    { title: 'What', render: row => <What row={row} /> },
    {
      title: 'Component',
      render: row => <EntityName entityRef={row.service} />,
    },
    { title: 'When', render: row => timeText(row.at, timeZone) },
  ];
  if (unit !== 'deploymentsPerDay') {
    columns.push({
      title: unit === 'share' ? 'In the share' : 'Took',
      render: row => effect(row, unit),
      isFigure: true,
    });
  }
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={rows}
      keyOf={(row, index) =>
        `${row.deployment} ${row.change} ${row.at} ${index}`
      }
    />
  );
}
