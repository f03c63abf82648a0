import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { Exception } from '@waymark/plugin-infrastructure-common';
import { DataTable, dateText, EntityName } from '@waymark/plugin-parts-react';
import { StateMark } from '../parts/StateMark';
import { exceptionRouteRef } from '../routes';
import { exceptionStates } from '../words/guardrails';

/** Exceptions, each with the way to it. */
export function ExceptionTable({ rows }: { rows: Exception[] }) {
  const href = useRouteRef(exceptionRouteRef);
  return (
    <DataTable
      label="Exceptions"
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          title: 'Exception',
          render: ({ id, number, rule }) => (
            <Link href={href?.({ id }) ?? ''}>{`${number}: ${rule}`}</Link>
          ),
        },
        {
          title: 'For',
          render: ({ name, environment }) => `${name} in ${environment}`,
        },
        {
          title: 'Owner',
          render: ({ owner }) => <EntityName entityRef={owner} />,
        },
        {
          title: 'State',
          render: ({ state }) => <StateMark words={exceptionStates[state]} />,
        },
        { title: 'Until', render: ({ until }) => dateText(until, 'UTC') },
        {
          title: 'Asked by',
          render: ({ askedBy }) => <EntityName entityRef={askedBy} />,
        },
      ]}
    />
  );
}
