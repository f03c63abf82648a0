import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { RequestSummary } from '@waymark/plugin-infrastructure-common';
import {
  DataTable,
  EntityName,
  timeText,
  type Column,
} from '@waymark/plugin-parts-react';
import { StateMark } from '../parts/StateMark';
import { Who } from '../parts/Who';
import { requestRouteRef } from '../routes';
import { moneyRange } from '../words/money';
import { kindWords, requestStates } from '../words/states';

const whatAndWhose: Column<RequestSummary>[] = [
  { title: 'Offering', render: ({ offering }) => offering },
  { title: 'Environment', render: ({ environment }) => environment },
  {
    title: 'Owner',
    render: ({ owner }) => <EntityName entityRef={owner} />,
  },
];

/** Requests, one a row. */
export function RequestTable(props: {
  rows: RequestSummary[];
  /** Where there is little room, or what is left out stands beside it anyway. */
  isBrief?: boolean;
}) {
  const { rows, isBrief = false } = props;
  const hrefOf = useRouteRef(requestRouteRef);
  return (
    <DataTable
      label="Requests"
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          title: 'Request',
          render: ({ id, kind, resourceName }) => (
            <Link href={hrefOf?.({ id }) ?? ''}>
              {`${kindWords[kind]} ${resourceName}`}
            </Link>
          ),
        },
        {
          title: 'State',
          render: ({ state }) => <StateMark words={requestStates[state]} />,
        },
        ...(isBrief ? [] : whatAndWhose),
        {
          title: 'By',
          render: ({ requestedBy }) => <Who by={requestedBy} />,
        },
        { title: 'Asked', render: ({ createdAt }) => timeText(createdAt) },
        {
          title: 'A month',
          render: ({ monthlyCost }) =>
            monthlyCost ? moneyRange(monthlyCost) : '–',
          isFigure: true,
        },
      ]}
    />
  );
}
