import type { DeploymentsQuery } from '@waymark/plugin-dora-common';
import { Choice, ListPage, offsetOf, Pages } from '@waymark/plugin-parts-react';
import { useDeployments } from '../live/questions';
import { EnvironmentSelect } from '../parts/EnvironmentSelect';
import { NoDeliveries } from '../parts/NoDeliveries';
import { ScopeFilters } from '../parts/ScopeFilters';
import { useView } from '../view/useView';
import { DeploymentTable } from './DeploymentTable';

const limit = 50;

const outcomes = [
  { value: 'succeeded', label: 'Succeeded' },
  { value: 'failed', label: 'Failed' },
  { value: 'rework', label: 'Repaired an earlier one' },
  { value: 'cancelled', label: 'Cancelled' },
  { value: 'pending', label: 'Under way' },
] as const;

/** The deployments that an address asks for. */
export function deploymentsQuery(params: URLSearchParams): DeploymentsQuery {
  const text = (key: string) => params.get(key) || undefined;
  return {
    entityRef: text('entityRef'),
    from: text('from'),
    to: text('to'),
    environment: text('environment'),
    outcome: outcomes.find(({ value }) => value === params.get('outcome'))
      ?.value,
    limit,
    offset: offsetOf(params.get('offset')),
  };
}

/** Every deployment that came in, newest first. */
export function DeploymentsPage() {
  const viewed = useView();
  const { params, change } = viewed;
  const query = deploymentsQuery(params);
  const live = useDeployments(query);
  const isFiltered = Boolean(
    query.entityRef ||
      query.from ||
      query.to ||
      query.environment ||
      query.outcome,
  );

  return (
    <ListPage
      of="deployments"
      lead="What was delivered, where to, and what became of it."
      live={live}
      filters={
        <>
          <ScopeFilters viewed={viewed} />
          <EnvironmentSelect
            label="Environment"
            any="Any environment"
            value={query.environment}
            onChange={environment => change({ environment, offset: undefined })}
          />
          <Choice
            label="Outcome"
            any="Any outcome"
            options={outcomes}
            value={query.outcome}
            onChange={outcome => change({ outcome, offset: undefined })}
          />
        </>
      }
    >
      {page =>
        page.total === 0 ? (
          <NoDeliveries
            title={
              isFiltered ? 'No deployment is like that' : 'No deployments yet'
            }
          >
            {isFiltered
              ? 'Change or clear a filter above. If you expected one here, it may not have come in:'
              : undefined}
          </NoDeliveries>
        ) : (
          <>
            <DeploymentTable rows={page.items} />
            <Pages
              of="deployments"
              offset={query.offset ?? 0}
              limit={limit}
              total={page.total}
              onGo={to => change({ offset: to > 0 ? String(to) : undefined })}
            />
          </>
        )
      }
    </ListPage>
  );
}
