import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  AnomaliesQuery,
  Anomaly,
  AnomalyDetail,
  AnomalyPage,
  AnomalyVerdict,
  BillList,
  CauseList,
  Budget,
  BudgetOrder,
  BudgetPage,
  BudgetsQuery,
  ChangeLines,
  ChangeLinesQuery,
  ChangesAnswer,
  ChangesQuery,
  ExchangeRate,
  ExchangeRateFile,
  ExchangeRateOrder,
  ExchangeRatePage,
  ExchangeRatesImported,
  ExchangeRatesQuery,
  ForecastAnswer,
  ForecastQuery,
  Import,
  ImportPage,
  ImportsQuery,
  Reallocation,
  ReallocationPage,
  ReallocationsQuery,
  Recommendation,
  RecommendationDetail,
  RecommendationPage,
  RecommendationsQuery,
  RecommendationVerdict,
  RuleChange,
  RuleOrder,
  RuleSet,
  SignalRuleList,
  StrayChoice,
  TotalsAnswer,
  TotalsQuery,
  UnallocatedQuery,
  UnitCosts,
  UnitCostsQuery,
  WithdrawalOrder,
} from '@waymark/plugin-costs-common';
import type { Sending } from './sendFile';

/** Lets a question be given up. */
export type Asking = { signal?: AbortSignal };

/** Which exchange rate is meant. */
export type RateKey = Pick<ExchangeRate, 'from' | 'to' | 'day'>;

/** What the pages ask the portal. Failures are thrown with the portal's own words. */
export interface CostsApi {
  getTotals(query: TotalsQuery, asking?: Asking): Promise<TotalsAnswer>;
  getChanges(query: ChangesQuery, asking?: Asking): Promise<ChangesAnswer>;
  getChangeLines(
    query: ChangeLinesQuery,
    asking?: Asking,
  ): Promise<ChangeLines>;
  getForecast(query: ForecastQuery, asking?: Asking): Promise<ForecastAnswer>;
  listRates(
    query: ExchangeRatesQuery,
    asking?: Asking,
  ): Promise<ExchangeRatePage>;
  /** Says what a unit of a currency is in another from a day on. */
  putRate(key: RateKey, order: ExchangeRateOrder): Promise<ExchangeRate>;
  removeRate(key: RateKey): Promise<void>;
  /** Takes the rates of a CSV file, all or none. */
  importRates(file: ExchangeRateFile): Promise<ExchangeRatesImported>;
  /** Which charges are for logs, metrics and traces. */
  getSignalRules(asking?: Asking): Promise<SignalRuleList>;
  listBudgets(query: BudgetsQuery, asking?: Asking): Promise<BudgetPage>;
  /** Sets a budget, or changes it as it was at the version of the order. */
  putBudget(id: string, order: BudgetOrder): Promise<Budget>;
  endBudget(id: string, version: number): Promise<void>;
  listAnomalies(query: AnomaliesQuery, asking?: Asking): Promise<AnomalyPage>;
  getAnomaly(id: string, asking?: Asking): Promise<AnomalyDetail>;
  /** Explains an anomaly, mutes its service, or opens it again. */
  judgeAnomaly(id: string, verdict: AnomalyVerdict): Promise<Anomaly>;
  listRecommendations(
    query: RecommendationsQuery,
    asking?: Asking,
  ): Promise<RecommendationPage>;
  getRecommendation(id: string, asking?: Asking): Promise<RecommendationDetail>;
  /** Accepts a recommendation, dismisses it, or opens it again. */
  judgeRecommendation(
    id: string,
    verdict: RecommendationVerdict,
  ): Promise<Recommendation>;
  /** What a deployment, a request or a customer costs. */
  getUnitCosts(query: UnitCostsQuery, asking?: Asking): Promise<UnitCosts>;
  listBills(asking?: Asking): Promise<BillList>;
  listImports(query: ImportsQuery, asking?: Asking): Promise<ImportPage>;
  getImport(id: string, asking?: Asking): Promise<Import>;
  /** Ends an import that is not over. */
  cancelImport(id: string): Promise<Import>;
  /** Has nothing of an import count any more. */
  withdrawImport(id: string, order: WithdrawalOrder): Promise<Import>;
  getRules(asking?: Asking): Promise<RuleSet>;
  /** What other rules would change. */
  previewRules(order: RuleOrder): Promise<RuleChange>;
  /** Has rules put in force in the background. */
  changeRules(order: RuleOrder): Promise<Reallocation>;
  listReallocations(
    query: ReallocationsQuery,
    asking?: Asking,
  ): Promise<ReallocationPage>;
  /** Why things are nobody's. */
  getUnallocated(query: UnallocatedQuery, asking?: Asking): Promise<CauseList>;
  /** Hands in a file as a provider wrote it. */
  importBill(
    bill: { source: string; file: File; strays: StrayChoice },
    sending?: Sending,
  ): Promise<Import>;
}

/** Reaches the costs backend. */
export const costsApiRef = createApiRef<CostsApi>({
  id: 'plugin.costs.client',
});
