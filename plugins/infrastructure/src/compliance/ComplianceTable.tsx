import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { ComplianceRow } from '@waymark/plugin-infrastructure-common';
import { DataTable, EntityName, timeText } from '@waymark/plugin-parts-react';
import { StateMark } from '../parts/StateMark';
import { judgementRouteRef, resourceRouteRef } from '../routes';
import { complianceWords } from '../words/guardrails';
import styles from './Compliance.module.css';

function Found({ row }: { row: ComplianceRow }) {
  const { details = [], exception, finding } = row;
  if (finding === 'notJudged') return <>Nobody has looked at it yet</>;
  return (
    <ul className={styles.details}>
      {details.map(({ field, message }) => (
        <li key={`${field}:${message}`}>
          {message}
          {field && <div className={styles.field}>{field}</div>}
        </li>
      ))}
      {exception !== undefined && (
        <li className={styles.field}>{`By exception ${exception}`}</li>
      )}
    </ul>
  );
}

/** Resources by rules, each with what was found and the way to the evidence. */
export function ComplianceTable({ rows }: { rows: ComplianceRow[] }) {
  const resourceHref = useRouteRef(resourceRouteRef);
  const judgementHref = useRouteRef(judgementRouteRef);
  return (
    <DataTable
      label="Compliance"
      rows={rows}
      keyOf={({ resource, rule }) => `${resource}:${rule}`}
      columns={[
        {
          title: 'Resource',
          render: ({ resource, name, environment }) => (
            <>
              <Link href={resourceHref?.({ id: resource }) ?? ''}>{name}</Link>
              <div className={styles.field}>{environment}</div>
            </>
          ),
        },
        {
          title: 'Owner',
          render: ({ owner }) => <EntityName entityRef={owner} />,
        },
        {
          title: 'Rule',
          render: ({ rule, ruleTitle }) =>
            rule ? (
              <>
                {ruleTitle}
                <div className={styles.field}>{rule}</div>
              </>
            ) : (
              'every rule'
            ),
        },
        {
          title: 'Finding',
          render: ({ finding }) => (
            <StateMark words={complianceWords[finding]} />
          ),
        },
        { title: 'What was found', render: row => <Found row={row} /> },
        {
          title: 'Evidence',
          render: ({ judgement, lookedAt }) =>
            judgement &&
            lookedAt && (
              <>
                <Link href={judgementHref?.({ id: judgement }) ?? ''}>
                  Evidence
                </Link>
                <div className={styles.field}>{timeText(lookedAt)}</div>
              </>
            ),
        },
      ]}
    />
  );
}
