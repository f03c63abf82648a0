import { useRouteRef } from '@backstage/frontend-plugin-api';
import { duration, type StageId, type Wait } from '@waymark/plugin-dora-common';
import { Button, Link } from '@backstage/ui';
import { useState } from 'react';
import {
  type Column,
  DataTable,
  EntityName,
  timeText,
} from '@waymark/plugin-parts-react';
import { deploymentRouteRef } from '../routes';
import styles from './Stages.module.css';

const few = 5;

const stageWords: Record<StageId, string> = {
  coding: 'Coding',
  waitingForReview: 'Waiting for review',
  inReview: 'In review',
  waitingForDeployment: 'Waiting for deployment',
};

function What({ wait }: { wait: Wait }) {
  const hrefOf = useRouteRef(deploymentRouteRef);
  const deployment = wait.deployment && hrefOf?.({ id: wait.deployment });
  return (
    <>
      {wait.url ? (
        <Link href={wait.url} target="_blank" rel="noopener noreferrer">
          {wait.title}
        </Link>
      ) : (
        wait.title
      )}
      {wait.author && <span className={styles.by}>, by {wait.author}</span>}
      {deployment && (
        <span className={styles.by}>
          {', in '}
          <Link href={deployment} color="secondary">
            this deployment
          </Link>
        </span>
      )}
    </>
  );
}

/** Changes that waited long or still do, and whose they are. */
export function WaitTable(props: {
  label: string;
  waits: Wait[];
  /** What they wait for now: a review, or a deployment. */
  now?: 'review' | 'deployment';
}) {
  const { label, waits, now } = props;
  const [isAll, setAll] = useState(false);
  const columns: Column<Wait>[] = [
    { title: 'Change', render: wait => <What wait={wait} /> },
    {
      title: 'Component',
      render: ({ service }) => <EntityName entityRef={service} />,
    },
    {
      title: 'Owner',
      render: ({ owner }) =>
        owner ? <EntityName entityRef={owner} /> : 'nobody',
    },
    now === 'deployment'
      ? { title: 'Merged', render: ({ at }) => timeText(at) }
      : { title: 'Stage', render: ({ stage }) => stageWords[stage] },
    {
      title: now ? 'Has waited' : 'Took',
      render: ({ seconds }) => duration(seconds),
      isFigure: true,
    },
  ];
  return (
    <>
      <DataTable
        label={label}
        columns={columns}
        rows={isAll ? waits : waits.slice(0, few)}
        keyOf={({ change, stage }) => `${change} ${stage}`}
      />
      {waits.length > few && !isAll && (
        <Button
          size="small"
          variant="secondary"
          className={styles.more}
          onPress={() => setAll(true)}
        >
          {`Show ${waits.length}`}
        </Button>
      )}
    </>
  );
}
