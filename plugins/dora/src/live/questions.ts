import type {
  BackfillPage,
  CorrectionPage,
  CorrectionsQuery,
  DeliveriesQuery,
  DeliveryDetail,
  DeliveryPage,
  DeploymentDetail,
  DeploymentPage,
  DeploymentsQuery,
  EnvironmentList,
  GoalPage,
  GoalsQuery,
  IncidentPage,
  IncidentsQuery,
  MetricId,
  MetricsAnswer,
  MetricsQuery,
  RowsAnswer,
  RowsQuery,
  StagesAnswer,
  StagesQuery,
  Status,
  UnmatchedPage,
} from '@waymark/plugin-dora-common';
import { type Live } from '@waymark/plugin-parts-react';
import type { Asking, DoraApi } from '../api/DoraApi';
import { useDora } from './useDora';

type Question<Q, T> = (dora: DoraApi, query: Q, asking: Asking) => Promise<T>;

const metrics: Question<MetricsQuery, MetricsAnswer> = (dora, query, asking) =>
  dora.getMetrics(query, asking);

const rows: Question<{ metric: MetricId; query: RowsQuery }, RowsAnswer> = (
  dora,
  { metric, query },
  asking,
) => dora.getRows(metric, query, asking);

const stages: Question<StagesQuery, StagesAnswer> = (dora, query, asking) =>
  dora.getStages(query, asking);

const environments: Question<'environments', EnvironmentList> = (
  dora,
  _query,
  asking,
) => dora.listEnvironments(asking);

const goals: Question<GoalsQuery, GoalPage> = (dora, query, asking) =>
  dora.listGoals(query, asking);

const deployments: Question<DeploymentsQuery, DeploymentPage> = (
  dora,
  query,
  asking,
) => dora.listDeployments(query, asking);

const deployment: Question<string, DeploymentDetail> = (dora, id, asking) =>
  dora.getDeployment(id, asking);

const incidents: Question<IncidentsQuery, IncidentPage> = (
  dora,
  query,
  asking,
) => dora.listIncidents(query, asking);

const corrections: Question<CorrectionsQuery, CorrectionPage> = (
  dora,
  query,
  asking,
) => dora.listCorrections(query, asking);

const status: Question<'status', Status> = (dora, _query, asking) =>
  dora.getStatus(asking);

const backfills: Question<'backfills', BackfillPage> = (dora, _query, asking) =>
  dora.listBackfills(asking);

const deliveries: Question<DeliveriesQuery, DeliveryPage> = (
  dora,
  query,
  asking,
) => dora.listDeliveries(query, asking);

const delivery: Question<string, DeliveryDetail> = (dora, id, asking) =>
  dora.getDelivery(id, asking);

const unmatched: Question<{ limit: number; offset: number }, UnmatchedPage> = (
  dora,
  query,
  asking,
) => dora.listUnmatched(query, asking);

/** The metrics that a query asks for. */
export const useMetrics = (query: MetricsQuery): Live<MetricsAnswer> =>
  useDora(metrics, query);

/** The rows behind a number. */
export const useRows = (metric: MetricId, query: RowsQuery): Live<RowsAnswer> =>
  useDora(rows, { metric, query });

/** Where changes wait. */
export const useStages = (query: StagesQuery) => useDora(stages, query);

/** The environments that something was deployed to. */
export const useEnvironments = () => useDora(environments, 'environments');

/** A page of goals, with where they stand. */
export const useGoals = (query: GoalsQuery) => useDora(goals, query);

/** A page of deployments. */
export const useDeployments = (query: DeploymentsQuery) =>
  useDora(deployments, query);

/** One deployment with all that belongs to it. */
export const useDeployment = (id: string) => useDora(deployment, id);

/** A page of incidents. */
export const useIncidents = (query: IncidentsQuery) =>
  useDora(incidents, query);

/** A page of corrections. */
export const useCorrections = (query: CorrectionsQuery) =>
  useDora(corrections, query);

/** How deliveries come in. */
export const useStatus = () => useDora(status, 'status');

/** The newest backfills. */
export const useBackfills = () => useDora(backfills, 'backfills');

/** A page of deliveries as they came in. */
export const useDeliveries = (query: DeliveriesQuery) =>
  useDora(deliveries, query);

/** One delivery with its body. */
export const useDelivery = (id: string) => useDora(delivery, id);

/** A page of names that belong to no entity. */
export const useUnmatched = (query: { limit: number; offset: number }) =>
  useDora(unmatched, query);
