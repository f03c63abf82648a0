import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { ResourceSummary } from '@waymark/plugin-infrastructure-common';
import { dateText, DataTable, EntityName } from '@waymark/plugin-parts-react';
import { StateMark } from '../parts/StateMark';
import { resourceRouteRef } from '../routes';
import { moneyRange } from '../words/money';
import { resourceStates } from '../words/states';

/** Resources, one a row. */
export function ResourceTable(props: {
  rows: ResourceSummary[];
  /** Where all are of one component, it need not stand in each row. */
  isOfComponent?: boolean;
}) {
  const { rows, isOfComponent = false } = props;
  const hrefOf = useRouteRef(resourceRouteRef);
  const whose = isOfComponent
    ? []
    : [
        {
          title: 'Owner',
          render: ({ owner }: ResourceSummary) => (
            <EntityName entityRef={owner} />
          ),
        },
        {
          title: 'Component',
          render: ({ component }: ResourceSummary) =>
            component && <EntityName entityRef={component} />,
        },
      ];
  return (
    <DataTable
      label="Resources"
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          title: 'Resource',
          render: ({ id, name }) => (
            <Link href={hrefOf?.({ id }) ?? ''}>{name}</Link>
          ),
        },
        {
          title: 'State',
          render: ({ state }) => <StateMark words={resourceStates[state]} />,
        },
        { title: 'What', render: ({ offeringTitle }) => offeringTitle },
        { title: 'Environment', render: ({ environment }) => environment },
        ...whose,
        {
          title: 'Ends',
          render: ({ expiresAt }) => (expiresAt ? dateText(expiresAt) : '–'),
        },
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
