import { duration, type Change } from '@waymark/plugin-dora-common';
import { Link } from '@backstage/ui';
import { DataTable, timeText } from '@waymark/plugin-parts-react';
import styles from './Deployment.module.css';

function Title({ change }: { change: Change }) {
  const name = change.number
    ? `${change.title} (${change.number})`
    : change.title;
  return (
    <>
      {change.url ? (
        <Link href={change.url} target="_blank" rel="noopener noreferrer">
          {name}
        </Link>
      ) : (
        name
      )}
      <span className={styles.why}>{change.how}</span>
    </>
  );
}

/** Changes as a deployment brought them. */
export function ChangeTable({ rows }: { rows: Change[] }) {
  return (
    <DataTable
      label="Changes"
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        { title: 'Change', render: change => <Title change={change} /> },
        { title: 'Author', render: ({ author }) => author },
        {
          title: 'First commit',
          render: ({ firstCommitAt }) =>
            firstCommitAt && timeText(firstCommitAt),
        },
        {
          title: 'Merged',
          render: ({ mergedAt }) => mergedAt && timeText(mergedAt),
        },
        {
          title: 'Commits',
          render: ({ commits }) => commits,
          isFigure: true,
        },
        {
          title: 'Lead time',
          render: ({ leadTime }) =>
            typeof leadTime === 'number' ? duration(leadTime) : '–',
          isFigure: true,
        },
      ]}
    />
  );
}
