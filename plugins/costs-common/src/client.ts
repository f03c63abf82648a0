import createClient, { type Client } from 'openapi-fetch';
import type { components, operations, paths } from './api.generated';

type Schemas = components['schemas'];

/** A bill that was handed in, and what became of it. */
export type Import = Schemas['Import'];
/** How far an import is. */
export type ImportState = Schemas['ImportState'];
/** What becomes of billing periods that a file has only a few rows of. */
export type StrayChoice = Schemas['StrayChoice'];
/** What was found in a file. */
export type ImportReport = Schemas['ImportReport'];
/** What is wrong with a column. */
export type ColumnProblem = Schemas['ColumnProblem'];
/** A row that cannot be taken. */
export type RefusedRow = Schemas['RefusedRow'];
/** What a file says of a billing period. */
export type ReportedPeriod = Schemas['ReportedPeriod'];
/** How far an import is that is worked on. */
export type ImportProgress = Schemas['ImportProgress'];
/** How an import was taken back. */
export type Withdrawal = Schemas['Withdrawal'];
/** Why an import is to be taken back. */
export type WithdrawalOrder = Schemas['WithdrawalOrder'];
/** What counts of a billing period. */
export type CountedPeriod = Schemas['CountedPeriod'];
/** A page of imports. */
export type ImportPage = Schemas['ImportPage'];
/** What is known of a source's billing period now. */
export type Bill = Schemas['Bill'];
/** All bills that count. */
export type BillList = Schemas['BillList'];
/** The four costs of something. */
export type Costs = Schemas['Costs'];
/** What was spent, by group. */
export type TotalsAnswer = Schemas['TotalsAnswer'];
/** One group of totals. */
export type TotalsItem = Schemas['TotalsItem'];
/** An amount of a currency. */
export type Amount = Schemas['Amount'];
/** Which charges are for logs, metrics and traces. */
export type SignalRuleList = Schemas['SignalRuleList'];
/** One of these rules. */
export type SignalRule = Schemas['SignalRule'];
/** What a unit of a currency is in another from a day on. */
export type ExchangeRate = Schemas['ExchangeRate'];
/** What a rate is to be. */
export type ExchangeRateOrder = Schemas['ExchangeRateOrder'];
/** A page of rates. */
export type ExchangeRatePage = Schemas['ExchangeRatePage'];
/** Rates as CSV. */
export type ExchangeRateFile = Schemas['ExchangeRateFile'];
/** What a file of rates changed. */
export type ExchangeRatesImported = Schemas['ExchangeRatesImported'];
/** By which rates amounts were converted, and what could not be. */
export type Conversion = Schemas['Conversion'];
/** Which rates to list. */
export type ExchangeRatesQuery = NonNullable<
  operations['listExchangeRates']['parameters']['query']
>;
/** Why something costs more or less than before, by group. */
export type ChangesAnswer = Schemas['ChangesAnswer'];
/** How much more or less something costs, in its parts. */
export type CostChange = Schemas['Change'];
/** The parts of a change. */
export type ChangeParts = Schemas['ChangeParts'];
/** What changed of resources and meters. */
export type ChangeLines = Schemas['ChangeLines'];
/** What changed of one resource and meter. */
export type LineChange = Schemas['LineChange'];
/** What the month and the quarter will come to. */
export type ForecastAnswer = Schemas['ForecastAnswer'];
/** What the month and the quarter will come to in a currency. */
export type CurrencyForecast = Schemas['CurrencyForecast'];
/** What a time comes to. */
export type Outlook = Schemas['Outlook'];
/** What something may spend, and where it stands. */
export type Budget = Schemas['Budget'];
/** Where a budget stands. */
export type BudgetStatus = Schemas['BudgetStatus'];
/** At which part of a budget its owner is told. */
export type BudgetThreshold = Schemas['BudgetThreshold'];
/** What a budget is to be. */
export type BudgetOrder = Schemas['BudgetOrder'];
/** A page of budgets. */
export type BudgetPage = Schemas['BudgetPage'];
/** Days on which a service cost its owner something else than expected. */
export type Anomaly = Schemas['Anomaly'];
/** What stood out of one service of one owner. */
export type AnomalyPart = Schemas['AnomalyPart'];
/** An anomaly with the days around it and its causes. */
export type AnomalyDetail = Schemas['AnomalyDetail'];
/** A page of anomalies. */
export type AnomalyPage = Schemas['AnomalyPage'];
/** What somebody says of an anomaly. */
export type AnomalyVerdict = Schemas['AnomalyVerdict'];
/** What could cost less. */
export type Recommendation = Schemas['Recommendation'];
/** A recommendation with the charges that it rests on. */
export type RecommendationDetail = Schemas['RecommendationDetail'];
/** A resource and a meter that a recommendation rests on. */
export type RecommendationEvidence = Schemas['RecommendationEvidence'];
/** What sort of saving it is. */
export type RecommendationKind = Schemas['RecommendationKind'];
/** How far a recommendation is. */
export type RecommendationState = Schemas['RecommendationState'];
/** Where something is done about a recommendation. */
export type RecommendationLink = Schemas['RecommendationLink'];
/** What came of a recommendation that was accepted. */
export type RecommendationOutcome = Schemas['RecommendationOutcome'];
/** A page of recommendations. */
export type RecommendationPage = Schemas['RecommendationPage'];
/** What somebody says of a recommendation. */
export type RecommendationVerdict = Schemas['RecommendationVerdict'];
/** What one of something costs, by month. */
export type UnitCosts = Schemas['UnitCosts'];
/** What one of a metric costs, by month. */
export type UnitCost = Schemas['UnitCost'];
/** A month of these. */
export type UnitMonth = Schemas['UnitMonth'];
/** Values of a metric, by day. */
export type UnitValues = Schemas['UnitValues'];
/** Says who bears charges. */
export type Rule = Schemas['Rule'];
/** The rules that are in force. */
export type RuleSet = Schemas['RuleSet'];
/** Rules that are to be in force, and for which billing periods. */
export type RuleOrder = Schemas['RuleOrder'];
/** What other rules change. */
export type RuleChange = Schemas['RuleChange'];
/** Rules that are put in force. */
export type Reallocation = Schemas['Reallocation'];
/** A page of these. */
export type ReallocationPage = Schemas['ReallocationPage'];
/** Which of these to list. */
export type ReallocationsQuery = NonNullable<
  operations['listReallocations']['parameters']['query']
>;
/** Why something is nobody's. */
export type Cause = Schemas['Cause'];
/** What nobody owns, by its cause. */
export type CauseList = Schemas['CauseList'];
/** What to ask of the causes. */
export type UnallocatedQuery =
  operations['getUnallocated']['parameters']['query'];
/** What to compare, by group. */
export type ChangesQuery = operations['getChanges']['parameters']['query'];
/** What to compare, by resource and meter. */
export type ChangeLinesQuery =
  operations['getChangeLines']['parameters']['query'];
/** What to forecast. */
export type ForecastQuery = NonNullable<
  operations['getForecast']['parameters']['query']
>;
/** Which budgets to list. */
export type BudgetsQuery = NonNullable<
  operations['listBudgets']['parameters']['query']
>;
/** Which anomalies to list. */
export type AnomaliesQuery = NonNullable<
  operations['listAnomalies']['parameters']['query']
>;
/** Which recommendations to list. */
export type RecommendationsQuery = NonNullable<
  operations['listRecommendations']['parameters']['query']
>;
/** What to ask of unit costs. */
export type UnitCostsQuery = operations['getUnitCosts']['parameters']['query'];
/** What to ask of the totals. */
export type TotalsQuery = operations['getTotals']['parameters']['query'];
/** Which imports to list. */
export type ImportsQuery = NonNullable<
  operations['listImports']['parameters']['query']
>;

/** Every address, for servers that answer by the API document. */
export type CostsPaths = paths;

/** A client whose calls and answers have the types of the API document. */
export type CostsClient = Client<paths>;

/**
 * Makes a client.
 *
 * @param options.baseUrl - where the plugin answers, such as `https://portal.example/api/costs`
 * @param options.fetch - sends the request with the caller's token
 */
export function createCostsClient(options: {
  baseUrl: string;
  fetch: (request: Request) => Promise<Response>;
}): CostsClient {
  return createClient<paths>(options);
}
