import createClient, { type Client } from 'openapi-fetch';
import type { components, operations, paths } from './api.generated';

type Schemas = components['schemas'];

/** One of the five metrics. */
export type MetricId = Schemas['MetricId'];
/** A metric over one period: durations in seconds, shares from 0 to 1. */
export type Measurement = Schemas['Measurement'];
/** A metric beside the period before, with its band. */
export type Metric = Schemas['Metric'];
/** All five metrics. */
export type Metrics = Schemas['Metrics'];
/** The metrics of a part of the period or of the organisation. */
export type MetricsGroup = Schemas['MetricsGroup'];
/** The metrics of a scope and a period, and every switch they depend on. */
export type MetricsAnswer = Schemas['MetricsAnswer'];
/** What to ask of the metrics. */
export type MetricsQuery = NonNullable<
  operations['getMetrics']['parameters']['query']
>;
/** What to ask of the rows behind a metric. */
export type RowsQuery = NonNullable<
  operations['getRows']['parameters']['query']
>;
/** What to ask of the stages. */
export type StagesQuery = NonNullable<
  operations['getStages']['parameters']['query']
>;
/** Which deployments to list. */
export type DeploymentsQuery = NonNullable<
  operations['listDeployments']['parameters']['query']
>;
/** Which incidents to list. */
export type IncidentsQuery = NonNullable<
  operations['listIncidents']['parameters']['query']
>;
/** Which corrections to list. */
export type CorrectionsQuery = NonNullable<
  operations['listCorrections']['parameters']['query']
>;
/** Which deliveries to list. */
export type DeliveriesQuery = NonNullable<
  operations['listDeliveries']['parameters']['query']
>;
/** Which unmatched names to list. */
export type UnmatchedQuery = NonNullable<
  operations['listUnmatched']['parameters']['query']
>;
/** What a person says of a deployment. */
export type DeploymentCorrection =
  operations['correctDeployment']['requestBody']['content']['application/json'];
/** What a person says of the cause of an incident. */
export type IncidentCorrection =
  operations['correctIncident']['requestBody']['content']['application/json'];
/** Which goals to list. */
export type GoalsQuery = NonNullable<
  operations['listGoals']['parameters']['query']
>;
/** A page of deployments. */
export type DeploymentPage = Schemas['DeploymentPage'];
/** A page of incidents. */
export type IncidentPage = Schemas['IncidentPage'];
/** A page of corrections. */
export type CorrectionPage = Schemas['CorrectionPage'];
/** A page of deliveries. */
export type DeliveryPage = Schemas['DeliveryPage'];
/** A page of unmatched names. */
export type UnmatchedPage = Schemas['UnmatchedPage'];
/** The switches that a number depends on. */
export type Definitions = Schemas['Definitions'];
/** From when to when; the end is not part of it. */
export type Period = Schemas['Period'];
/** What a metric is measured of. */
export type Scope = Schemas['Scope'];
/** How a value is judged. */
export type Band = Schemas['Band'];
/** Whose bands judge. */
export type BandScale = Schemas['BandScale'];
/** Measured, too little, or nothing known. */
export type MeasurementState = Schemas['State'];
/** By nearest rank, in seconds. */
export type Percentiles = Schemas['Percentiles'];
/** By what metrics are told apart. */
export type GroupBy = Schemas['GroupBy'];
/** Where the clock of lead time starts. */
export type LeadTimeClock = Schemas['LeadTimeClock'];
/** Where the clock of recovery time starts. */
export type RecoveryClock = Schemas['RecoveryClock'];
/** Whether failed attempts count as failed deployments. */
export type FailedAttempts = Schemas['FailedAttempts'];
/** One row that a number was made of. */
export type Row = Schemas['Row'];
/** The rows behind a number. */
export type RowsAnswer = Schemas['RowsAnswer'];
/** A stretch of a change's way to production. */
export type StageId = Schemas['StageId'];
/** How long changes were in a stage, in seconds. */
export type Stage = Schemas['Stage'];
/** A change that waited long. */
export type Wait = Schemas['Wait'];
/** Where changes wait. */
export type StagesAnswer = Schemas['StagesAnswer'];
/** The environments that something was deployed to. */
export type EnvironmentList = Schemas['EnvironmentList'];
/** What a group wants one of its metrics to be, and how far it has come. */
export type Goal = Schemas['Goal'];
/** What to set as a goal. */
export type NewGoal = Schemas['NewGoal'];
/** What to change of a goal. */
export type GoalChange = Schemas['GoalChange'];
/** A page of goals. */
export type GoalPage = Schemas['GoalPage'];
/** How far a goal has come. */
export type GoalProgress = Schemas['GoalProgress'];
/** Whether a goal is reached, or will be. */
export type GoalStatus = Schemas['GoalStatus'];
/** What a goal is about, over a window of days. */
export type GoalValue = Schemas['GoalValue'];
/** Which value of a duration is meant. */
export type Percentile = Schemas['Percentile'];
/** A deployment and what was concluded of it. */
export type Deployment = Schemas['Deployment'];
/** A deployment with its changes and incidents. */
export type DeploymentDetail = Schemas['DeploymentDetail'];
/** A change as a deployment brought it. */
export type Change = Schemas['Change'];
/** An incident and the deployment it is linked to. */
export type Incident = Schemas['Incident'];
/** Why an incident is linked to a deployment. */
export type IncidentLink = Schemas['IncidentLink'];
/** What linked an incident to a deployment. */
export type Evidence = Schemas['Evidence'];
/** What a person set right. */
export type Correction = Schemas['Correction'];
/** What became of the lines of an import. */
export type ImportReport = Schemas['ImportReport'];
/** A history that was asked for, and what became of it. */
export type HistoryRun = Schemas['HistoryRun'];
/** What a history was found to hold. */
export type HistorySummary = Schemas['HistorySummary'];
/** What is to be brought from the past of a delivery system. */
export type BackfillOrder = Schemas['BackfillOrder'];
/** A backfill, and how far it is. */
export type Backfill = Schemas['Backfill'];
/** A page of backfills. */
export type BackfillPage = Schemas['BackfillPage'];
/** That a delivery was stored. */
export type Receipt = Schemas['Receipt'];
/** A delivery as it is listed. */
export type InboxDelivery = Schemas['InboxDelivery'];
/** A delivery with its body. */
export type DeliveryDetail = Schemas['DeliveryDetail'];
/** What became of a delivery. */
export type DeliveryState = Schemas['DeliveryState'];
/** Ends of a delivery after which it can be read again with others. */
export type ReplayableState = Schemas['ReplayableState'];
/** A name that belongs to no entity yet. */
export type Unmatched = Schemas['Unmatched'];
/** How deliveries come in. */
export type Status = Schemas['Status'];
/** The counters of one source. */
export type SourceStatus = Schemas['SourceStatus'];

/** Every address, for servers that answer by the API document. */
export type DoraPaths = paths;

/** A client whose calls and answers have the types of the API document. */
export type DoraClient = Client<paths>;

/**
 * Makes a client.
 *
 * @param options.baseUrl - where the plugin answers, such as `https://portal.example/api/dora`
 * @param options.fetch - sends the request with the caller's token
 */
export function createDoraClient(options: {
  baseUrl: string;
  fetch: (request: Request) => Promise<Response>;
}): DoraClient {
  return createClient<paths>(options);
}
