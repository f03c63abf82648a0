import { useRouteRef } from '@backstage/frontend-plugin-api';
import type { Scope } from '@waymark/plugin-dora-common';
import { Button, ButtonLink } from '@backstage/ui';
import { Panel, withParams } from '@waymark/plugin-parts-react';
import { ExplanationDrawer } from '../explanation/ExplanationDrawer';
import { GoalsPanel } from '../goals/GoalsPanel';
import { GoalsTable } from '../goals/GoalsTable';
import { useMetrics } from '../live/questions';
import { Computing } from '../parts/Computing';
import { MetricsFailure } from '../parts/MetricsFailure';
import { NoDeliveries } from '../parts/NoDeliveries';
import {
  deploymentsRouteRef,
  incidentsRouteRef,
  metricsRouteRef,
} from '../routes';
import { StagesPanel } from '../stages/StagesPanel';
import type { Viewed } from '../view/useView';
import { daysOf, queryOf, stepOf } from '../view/view';
import { metricIdOf, metricIds } from '../words/metrics';
import { Latest } from './Latest';
import { Parts } from './Parts';
import { Tiles } from './Tiles';
import { ViewBar } from './ViewBar';
import styles from './ScopeOverview.module.css';

/** What an address says of the explanation that is open. */
const closed = {
  explain: undefined,
  of: undefined,
  part: undefined,
  order: undefined,
  offset: undefined,
};

const hasGroups = (level: Scope['level']) =>
  level === 'organisation' || level === 'group';

/** Delivery of the organisation or a part of it: how much, where it goes, and whose. */
export function ScopeOverview({ viewed }: { viewed: Viewed }) {
  const { view, params, hrefWith, change } = viewed;
  const now = new Date();
  const step = stepOf(view, now);
  const range = daysOf(view, now);
  const { value, error, loading, refresh } = useMetrics({
    ...queryOf(view, now),
    groupBy: step,
  });
  const metricsHref = useRouteRef(metricsRouteRef)?.() ?? '';
  const deploymentsHref = useRouteRef(deploymentsRouteRef)?.() ?? '';
  const incidentsHref = useRouteRef(incidentsRouteRef)?.() ?? '';

  const explained = metricIdOf(params.get('explain'));
  const explainHref = (explain: string, of?: string) =>
    hrefWith({ ...closed, explain, of });
  const scopeHref = (entityRef: string) =>
    `${metricsHref}?${withParams(params, {
      ...closed,
      entityRef,
      by: undefined,
    })}`;
  const listHref = (page: string) =>
    `${page}?${withParams(new URLSearchParams(), {
      ...range,
      entityRef: view.entityRef,
      environment:
        page === deploymentsHref ? value?.definitions.environment : undefined,
    })}`;

  const isUnknown = value?.scope.services === 0;
  const isQuiet =
    value && metricIds.every(id => value.metrics[id].state === 'none');

  return (
    <div className={styles.overview}>
      <ViewBar viewed={viewed} answer={value} />
      {error && <MetricsFailure error={error} onRetry={refresh} />}
      <Computing upToDate={value?.upToDate ?? true} refresh={refresh} />
      {isUnknown ? (
        <Panel title="No deliveries yet">
          <NoDeliveries title="Nothing is known of this" />
        </Panel>
      ) : (
        <>
          {(value || !error) && (
            <Tiles
              answer={value}
              isBusy={loading}
              step={step}
              explainHref={explainHref}
            />
          )}
          {isQuiet && view.period !== 'year' && (
            <p className={styles.quiet}>
              Nothing was delivered in this period.{' '}
              <Button
                size="small"
                variant="secondary"
                onPress={() => change({ period: 'year' })}
              >
                Look at 12 months
              </Button>
            </p>
          )}
          {value?.scope.level === 'group' && value.scope.entityRef && (
            <GoalsPanel
              entityRef={value.scope.entityRef}
              title={value.scope.title}
            />
          )}
          {value?.scope.level === 'component' && value.scope.entityRef ? (
            <Latest
              entityRef={value.scope.entityRef}
              range={range}
              environment={value.definitions.environment}
              deploymentsHref={listHref(deploymentsHref)}
              incidentsHref={listHref(incidentsHref)}
            />
          ) : (
            <>
              <div className={styles.ways}>
                <ButtonLink
                  size="small"
                  variant="secondary"
                  href={listHref(deploymentsHref)}
                >
                  Deployments of this period
                </ButtonLink>
                <ButtonLink
                  size="small"
                  variant="secondary"
                  href={listHref(incidentsHref)}
                >
                  Incidents of this period
                </ButtonLink>
              </div>
              {value && hasGroups(value.scope.level) && (
                <GoalsTable
                  above={value.scope.entityRef}
                  scopeHref={scopeHref}
                />
              )}
              {value && (
                <Parts
                  level={value.scope.level}
                  viewed={viewed}
                  scopeHref={scopeHref}
                  explainHref={explainHref}
                />
              )}
            </>
          )}
          {value && <StagesPanel query={queryOf(view, now)} />}
        </>
      )}
      {explained && (
        <ExplanationDrawer
          key={`${explained} ${params.get('of')}`}
          metric={explained}
          viewed={viewed}
          onClose={() => change(closed)}
        />
      )}
    </div>
  );
}
