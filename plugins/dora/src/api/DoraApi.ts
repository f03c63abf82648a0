import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  Backfill,
  BackfillOrder,
  BackfillPage,
  CorrectionPage,
  CorrectionsQuery,
  DeliveriesQuery,
  DeliveryDetail,
  DeliveryPage,
  DeploymentCorrection,
  DeploymentDetail,
  DeploymentPage,
  DeploymentsQuery,
  EnvironmentList,
  Goal,
  GoalChange,
  GoalPage,
  GoalsQuery,
  Incident,
  IncidentCorrection,
  IncidentPage,
  IncidentsQuery,
  InboxDelivery,
  ReplayableState,
  MetricId,
  MetricsAnswer,
  MetricsQuery,
  NewGoal,
  RowsAnswer,
  RowsQuery,
  StagesAnswer,
  StagesQuery,
  Status,
  UnmatchedPage,
  UnmatchedQuery,
} from '@waymark/plugin-dora-common';

/** Lets a question be given up. */
export type Asking = { signal?: AbortSignal };

/** What the pages ask the portal. Failures are thrown with the portal's own words. */
export interface DoraApi {
  getMetrics(query: MetricsQuery, asking?: Asking): Promise<MetricsAnswer>;
  getRows(
    metric: MetricId,
    query: RowsQuery,
    asking?: Asking,
  ): Promise<RowsAnswer>;
  /** All rows behind a number, as the text of a CSV file. */
  getRowsCsv(metric: MetricId, query: RowsQuery): Promise<string>;
  getStages(query: StagesQuery, asking?: Asking): Promise<StagesAnswer>;
  listEnvironments(asking?: Asking): Promise<EnvironmentList>;
  listGoals(query: GoalsQuery, asking?: Asking): Promise<GoalPage>;
  setGoal(goal: NewGoal): Promise<Goal>;
  changeGoal(id: string, change: GoalChange): Promise<Goal>;
  endGoal(id: string): Promise<Goal>;
  listDeployments(
    query: DeploymentsQuery,
    asking?: Asking,
  ): Promise<DeploymentPage>;
  getDeployment(id: string, asking?: Asking): Promise<DeploymentDetail>;
  correctDeployment(
    id: string,
    correction: DeploymentCorrection,
  ): Promise<DeploymentDetail>;
  listIncidents(query: IncidentsQuery, asking?: Asking): Promise<IncidentPage>;
  correctIncident(
    id: string,
    correction: IncidentCorrection,
  ): Promise<Incident>;
  listCorrections(
    query: CorrectionsQuery,
    asking?: Asking,
  ): Promise<CorrectionPage>;
  getStatus(asking?: Asking): Promise<Status>;
  listBackfills(asking?: Asking): Promise<BackfillPage>;
  startBackfill(order: BackfillOrder): Promise<Backfill>;
  cancelBackfill(id: string): Promise<Backfill>;
  resumeBackfill(id: string): Promise<Backfill>;
  listDeliveries(
    query: DeliveriesQuery,
    asking?: Asking,
  ): Promise<DeliveryPage>;
  getDelivery(id: string, asking?: Asking): Promise<DeliveryDetail>;
  replayDelivery(id: string): Promise<InboxDelivery>;
  replayDeliveries(which: {
    state: ReplayableState;
    source?: string;
  }): Promise<{ replayed: number }>;
  listUnmatched(query: UnmatchedQuery, asking?: Asking): Promise<UnmatchedPage>;
}

/** Reaches the dora backend. */
export const doraApiRef = createApiRef<DoraApi>({ id: 'plugin.dora.client' });
