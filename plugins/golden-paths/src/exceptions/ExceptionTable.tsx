import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { Exception } from '@waymark/plugin-golden-paths-common';
import { DataTable, dateText, EntityName } from '@waymark/plugin-parts-react';
import { StateMark } from '../parts/StateMark';
import { exceptionKinds, exceptionStates } from '../parts/states';
import { exceptionRouteRef } from '../routes';

/** Exceptions, each with its reason and the way to it. */
export function ExceptionTable({ rows }: { rows: Exception[] }) {
  const href = useRouteRef(exceptionRouteRef);
  return (
    <DataTable
      label="Exceptions"
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          title: 'Component',
          render: ({ id, title }) => (
            <Link href={href?.({ id }) ?? ''}>{title}</Link>
          ),
        },
        { title: 'From', render: ({ kind }) => exceptionKinds[kind] },
        { title: 'Why', render: ({ reason }) => reason },
        {
          title: 'State',
          render: ({ state }) => <StateMark words={exceptionStates[state]} />,
        },
        { title: 'Until', render: ({ until }) => dateText(until, 'UTC') },
        {
          title: 'Owner',
          render: ({ owner }) =>
            owner ? <EntityName entityRef={owner} /> : '–',
        },
      ]}
    />
  );
}
