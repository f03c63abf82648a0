import createClient, { type Client } from 'openapi-fetch';
import type { components, operations, paths } from './api.generated';

type Schemas = components['schemas'];

/** A resource with what it was estimated at and billed. */
export type AccuracyRow = Schemas['AccuracyRow'];
/** How far bills are from estimates. */
export type EstimateError = Schemas['EstimateError'];
/** What to assume instead. */
export type EstimateSuggestion = Schemas['EstimateSuggestion'];
/** How right the estimates of an offering were. */
export type OfferingAccuracy = Schemas['OfferingAccuracy'];
/** What can be asked for. */
export type Offering = Schemas['Offering'];
/** An offering with its form. */
export type OfferingDetail = Schemas['OfferingDetail'];
/** All offerings, and those that could not be read. */
export type OfferingList = Schemas['OfferingList'];
/** What somebody fills in, possibly incomplete. */
export type Wish = Schemas['Wish'];
/** What the caller began to fill in. */
export type Draft = Schemas['Draft'];
/** What is asked for. */
export type NewRequest = Schemas['NewRequest'];
/** What would become of a request. */
export type Forecast = Schemas['Forecast'];
/** What would cost less if it were as the team's others are. */
export type SizeHint = Schemas['SizeHint'];
/** A field that is not right yet. */
export type Problem = Schemas['Problem'];
/** Why a request may go on, must be approved or is denied. */
export type Decision = Schemas['Decision'];
/** What it costs, in US dollars a month. */
export type Estimate = Schemas['Estimate'];
/** One line of an estimate. */
export type EstimateLine = Schemas['EstimateLine'];
/** US dollars a month. */
export type Range = Schemas['Range'];
/** A rule of policy that has something to say. */
export type RuleResult = Schemas['RuleResult'];
/** In what role somebody approves. */
export type ApproverKind = Schemas['ApproverKind'];
/** Who has to approve, and why. */
export type Approver = Schemas['Approver'];
/** What would feel a deletion or replacement. */
export type Affected = Schemas['Affected'];
/** How far was looked for that. */
export type Reach = Schemas['Reach'];
/** What a group may use of a unit, and what is taken. */
export type QuotaUse = Schemas['QuotaUse'];
/** What a group may spend a month, and what is taken. */
export type BudgetUse = Schemas['BudgetUse'];
/** What would be done. */
export type Plan = Schemas['Plan'];
/** One thing that would be done. */
export type PlannedChange = Schemas['PlannedChange'];
/** What somebody said of a plan. */
export type Approval = Schemas['Approval'];
/** One attempt at planning or applying. */
export type Run = Schemas['Run'];
/** One step of a run. */
export type Step = Schemas['Step'];
/** What kind of change is asked for. */
export type RequestKind = Schemas['RequestKind'];
/** A request as it is listed. */
export type RequestSummary = Schemas['RequestSummary'];
/** A request with all that belongs to it. */
export type RequestDetail = Schemas['RequestDetail'];
/** A page of requests. */
export type RequestPage = Schemas['RequestPage'];
/** What became of a report. */
export type ReportReceipt = Schemas['ReportReceipt'];
/** What runs wrote. */
export type Log = Schemas['Log'];
/** A resource as it is listed. */
export type ResourceSummary = Schemas['ResourceSummary'];
/** A resource with all that belongs to it. */
export type ResourceDetail = Schemas['ResourceDetail'];
/** A page of resources. */
export type ResourcePage = Schemas['ResourcePage'];
/** What a resource gives to those who use it. */
export type Output = Schemas['Output'];
/** An output that an offering promises. */
export type OutputDescription = Schemas['OutputDescription'];
/** A thing that stands there already, in the words of its engine. */
export type Existing = Schemas['Existing'];
/** Something with our mark and without a record. */
export type Orphan = Schemas['Orphan'];
/** What a search for orphans found. */
export type OrphanSearch = Schemas['OrphanSearch'];
/** What a group may use and spend. */
export type Allowances = Schemas['Allowances'];
/** One thing that was done. */
export type AuditEntry = Schemas['AuditEntry'];
/** A page of the audit trail. */
export type AuditPage = Schemas['AuditPage'];
/** How much harm it does when the data leaks. */
export type DataClass = Schemas['DataClass'];
/** A part of what happened to a request. */
export type History = Schemas['History'];
/** Something that happened to a request. */
export type HistoryEntry = Schemas['HistoryEntry'];
/** What happens next. */
export type NextStep = Schemas['NextStep'];
/** How long it takes. */
export type Timing = Schemas['Timing'];
/** Which requests to list. */
export type RequestsQuery = NonNullable<
  operations['listRequests']['parameters']['query']
>;
/** Which resources to list. */
export type ResourcesQuery = NonNullable<
  operations['listResources']['parameters']['query']
>;
/** Which entries of the audit trail to list. */
export type AuditQuery = NonNullable<
  operations['listAudit']['parameters']['query']
>;
/** That a rule is let be for something until a date. */
export type Exception = Schemas['Exception'];
/** Who would decide on an exception. */
export type ExceptionDeciders = Schemas['ExceptionDeciders'];
/** How far an exception came. */
export type ExceptionState = Schemas['ExceptionState'];
/** That a rule be let be, as it is asked for. */
export type NewException = Schemas['NewException'];
/** What the platform team says of it. */
export type ExceptionVerdict = Schemas['ExceptionVerdict'];
/** A page of exceptions. */
export type ExceptionPage = Schemas['ExceptionPage'];
/** Whether a resource complies with a rule. */
export type ComplianceFinding = Schemas['ComplianceFinding'];
/** One resource by one rule. */
export type ComplianceRow = Schemas['ComplianceRow'];
/** A page of every resource by every rule. */
export type ComplianceReport = Schemas['ComplianceReport'];
/** What a resource was judged by, and all that was found. */
export type Judgement = Schemas['Judgement'];
/** A decision made again. */
export type Replay = Schemas['Replay'];
/** Decisions of a period made again. */
export type ReplayPage = Schemas['ReplayPage'];
/** That somebody approves in the place of another. */
export type Delegation = Schemas['Delegation'];
/** A delegation as it is asked for. */
export type NewDelegation = Schemas['NewDelegation'];
/** Which exceptions to list. */
export type ExceptionsQuery = NonNullable<
  operations['listExceptions']['parameters']['query']
>;
/** Which part of the compliance report. */
export type ComplianceQuery = NonNullable<
  operations['listCompliance']['parameters']['query']
>;
/** Which decisions to make again. */
export type ReplaysQuery = operations['replayDecisions']['parameters']['query'];
/** Which part of the audit trail to export. */
export type AuditExportQuery = NonNullable<
  operations['exportAudit']['parameters']['query']
>;
/** Whether the chain of the audit trail is whole. */
export type AuditVerification =
  operations['verifyAudit']['responses']['200']['content']['application/json'];
/** What somebody says of a plan. */
export type NewApproval =
  operations['decideRequest']['requestBody']['content']['application/json'];

/** Every address, for servers that answer by the API document. */
export type InfrastructurePaths = paths;

/** A client whose calls and answers have the types of the API document. */
export type InfrastructureClient = Client<paths>;

/**
 * Makes a client.
 *
 * @param options.baseUrl - where the plugin answers, such as `https://portal.example/api/infrastructure`
 * @param options.fetch - sends the request with the caller's token
 */
export function createInfrastructureClient(options: {
  baseUrl: string;
  fetch: (request: Request) => Promise<Response>;
}): InfrastructureClient {
  return createClient<paths>(options);
}
