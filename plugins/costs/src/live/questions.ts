import type {
  AnomaliesQuery,
  AnomalyDetail,
  AnomalyPage,
  BillList,
  CauseList,
  BudgetPage,
  BudgetsQuery,
  ChangeLines,
  ChangeLinesQuery,
  ChangesAnswer,
  ChangesQuery,
  ExchangeRatePage,
  ExchangeRatesQuery,
  ForecastAnswer,
  ForecastQuery,
  Import,
  ImportPage,
  ImportsQuery,
  ReallocationPage,
  ReallocationsQuery,
  RecommendationDetail,
  RecommendationPage,
  RecommendationsQuery,
  RuleSet,
  SignalRuleList,
  TotalsAnswer,
  TotalsQuery,
  UnallocatedQuery,
  UnitCosts,
  UnitCostsQuery,
} from '@waymark/plugin-costs-common';
import type { Live } from '@waymark/plugin-parts-react';
import type { Asking, CostsApi } from '../api/CostsApi';
import { useCosts } from './useCosts';

type Question<Q, T> = (costs: CostsApi, query: Q, asking: Asking) => Promise<T>;

const totals: Question<TotalsQuery[], TotalsAnswer[]> = (
  costs,
  queries,
  asking,
) => Promise.all(queries.map(query => costs.getTotals(query, asking)));

const changes: Question<ChangesQuery, ChangesAnswer> = (costs, query, asking) =>
  costs.getChanges(query, asking);

const changeLines: Question<ChangeLinesQuery, ChangeLines> = (
  costs,
  query,
  asking,
) => costs.getChangeLines(query, asking);

const forecast: Question<ForecastQuery, ForecastAnswer> = (
  costs,
  query,
  asking,
) => costs.getForecast(query, asking);

const budgets: Question<BudgetsQuery, BudgetPage> = (costs, query, asking) =>
  costs.listBudgets(query, asking);

const rates: Question<ExchangeRatesQuery, ExchangeRatePage> = (
  costs,
  query,
  asking,
) => costs.listRates(query, asking);

const signalRules: Question<'signals', SignalRuleList> = (
  costs,
  _query,
  asking,
) => costs.getSignalRules(asking);

const anomalies: Question<AnomaliesQuery, AnomalyPage> = (
  costs,
  query,
  asking,
) => costs.listAnomalies(query, asking);

const anomaly: Question<string, AnomalyDetail> = (costs, id, asking) =>
  costs.getAnomaly(id, asking);

const recommendations: Question<RecommendationsQuery, RecommendationPage> = (
  costs,
  query,
  asking,
) => costs.listRecommendations(query, asking);

const recommendation: Question<string, RecommendationDetail> = (
  costs,
  id,
  asking,
) => costs.getRecommendation(id, asking);

const unitCosts: Question<UnitCostsQuery, UnitCosts> = (costs, query, asking) =>
  costs.getUnitCosts(query, asking);

const bills: Question<'bills', BillList> = (costs, _query, asking) =>
  costs.listBills(asking);

const imports: Question<ImportsQuery, ImportPage> = (costs, query, asking) =>
  costs.listImports(query, asking);

const oneImport: Question<string, Import> = (costs, id, asking) =>
  costs.getImport(id, asking);

const rules: Question<'rules', RuleSet> = (costs, _query, asking) =>
  costs.getRules(asking);

const reallocations: Question<ReallocationsQuery, ReallocationPage> = (
  costs,
  query,
  asking,
) => costs.listReallocations(query, asking);

const causes: Question<UnallocatedQuery, CauseList> = (costs, query, asking) =>
  costs.getUnallocated(query, asking);

/** The rules that are in force. */
export const useRules = (): Live<RuleSet> => useCosts(rules, 'rules');

/** The changes of rules there were. */
export const useReallocations = (
  query: ReallocationsQuery,
): Live<ReallocationPage> => useCosts(reallocations, query);

/** Why things are nobody's. */
export const useCauses = (query: UnallocatedQuery): Live<CauseList> =>
  useCosts(causes, query);

/** Several totals that belong on one picture: all of them, or none. */
export const useTotals = (queries: TotalsQuery[]): Live<TotalsAnswer[]> =>
  useCosts(totals, queries);

/** Why something costs more or less than before. */
export const useChanges = (query: ChangesQuery): Live<ChangesAnswer> =>
  useCosts(changes, query);

/** The resources and meters behind a change. */
export const useChangeLines = (query: ChangeLinesQuery): Live<ChangeLines> =>
  useCosts(changeLines, query);

/** What the month and the quarter will come to. */
export const useForecast = (query: ForecastQuery): Live<ForecastAnswer> =>
  useCosts(forecast, query);

/** A page of budgets. */
export const useBudgets = (query: BudgetsQuery): Live<BudgetPage> =>
  useCosts(budgets, query);

/** A page of exchange rates. */
export const useRates = (query: ExchangeRatesQuery): Live<ExchangeRatePage> =>
  useCosts(rates, query);

/** Which charges are for logs, metrics and traces. */
export const useSignalRules = (): Live<SignalRuleList> =>
  useCosts(signalRules, 'signals');

/** A page of anomalies. */
export const useAnomalies = (query: AnomaliesQuery): Live<AnomalyPage> =>
  useCosts(anomalies, query);

/** One anomaly with its days and causes. */
export const useAnomaly = (id: string): Live<AnomalyDetail> =>
  useCosts(anomaly, id);

/** A page of what could cost less. */
export const useRecommendations = (
  query: RecommendationsQuery,
): Live<RecommendationPage> => useCosts(recommendations, query);

/** One recommendation with its evidence. */
export const useRecommendation = (id: string): Live<RecommendationDetail> =>
  useCosts(recommendation, id);

/** What one of something costs. */
export const useUnitCosts = (query: UnitCostsQuery): Live<UnitCosts> =>
  useCosts(unitCosts, query);

/** What counts now, by source and billing period. */
export const useBills = (): Live<BillList> => useCosts(bills, 'bills');

/** A page of imports. */
export const useImports = (query: ImportsQuery): Live<ImportPage> =>
  useCosts(imports, query);

/** One import with its report. */
export const useImport = (id: string): Live<Import> => useCosts(oneImport, id);
