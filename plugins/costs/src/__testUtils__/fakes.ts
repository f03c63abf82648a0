import {
  type AnomalyDetail,
  type AnomalyPart,
  type Budget,
  type ChangesAnswer,
  type ChangesQuery,
  type ExchangeRate,
  type Reallocation,
  type RecommendationDetail,
  type Outlook,
  type TotalsAnswer,
  type TotalsQuery,
  readFilter,
} from '@waymark/plugin-costs-common';
import type { CostsApi } from '../api/CostsApi';
import { difference, sum } from '../money/decimal';
import { fakeImport } from './fakeImport';

/** A charge of a bill, as far as tests of pages need it. */
export type FakeCharge = {
  date: string;
  currency?: string;
  billed: string;
  effective?: string;
  /** What it can be told apart by: columns and levels. */
  of: Record<string, string | null>;
};

const titleOf = (key: string | null) =>
  key?.includes('/') ? key.slice(key.lastIndexOf('/') + 1) : undefined;

/** Answers totals of charges as the portal does: exact, by day or month, the largest first. */
export function totalsOf(
  charges: FakeCharge[],
  query: TotalsQuery,
): TotalsAnswer {
  const { from, to, measure = 'BilledCost', groupBy, interval } = query;
  const amountOf = (charge: FakeCharge) =>
    measure === 'EffectiveCost'
      ? charge.effective ?? charge.billed
      : charge.billed;
  const conditions = readFilter(query.filter);
  const counted = charges.filter(
    charge =>
      charge.date >= from &&
      charge.date < to &&
      conditions.every(({ name, value }) => (charge.of[name] ?? '') === value),
  );
  const grouped = (all: FakeCharge[], keyOf: (one: FakeCharge) => string) => {
    const groups = new Map<string, FakeCharge[]>();
    for (const one of all) {
      groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
    }
    return [...groups.values()];
  };
  const currencyOf = ({ currency = 'USD' }: FakeCharge) => currency;
  const amount = (all: FakeCharge[]) => sum(all.map(amountOf));
  const items = grouped(
    counted,
    charge => `${currencyOf(charge)} ${groupBy ? charge.of[groupBy] : ''}`,
  ).map(all => {
    const key = groupBy ? all[0].of[groupBy] ?? null : null;
    return {
      key,
      title: titleOf(key),
      currency: currencyOf(all[0]),
      amount: amount(all),
      parts: interval
        ? grouped(all, ({ date }) =>
            interval === 'month' ? date.slice(0, 7) : date,
          ).map(part => ({
            date:
              interval === 'month'
                ? `${part[0].date.slice(0, 7)}-01`
                : part[0].date,
            amount: amount(part),
          }))
        : undefined,
    };
  });
  const totals = grouped(counted, currencyOf).map(all => ({
    currency: currencyOf(all[0]),
    amount: amount(all),
  }));
  return {
    from,
    to,
    measure,
    groupBy: groupBy ?? null,
    totals,
    ...(query.check ? { charged: totals } : {}),
    items: items.sort((a, b) => Number(b.amount) - Number(a.amount)),
    others: [],
  };
}

/** Answers what changed of charges, of whose quantities nothing is known. */
export function changesOf(
  charges: FakeCharge[],
  query: ChangesQuery,
): ChangesAnswer {
  const { from, to, beforeFrom, beforeTo, groupBy = 'entity' } = query;
  const { measure = 'BilledCost', filter } = query;
  const ask = { measure, groupBy, filter };
  const now = totalsOf(charges, { ...ask, from, to });
  const before = totalsOf(charges, { ...ask, from: beforeFrom, to: beforeTo });
  const none = { new: '0', gone: '0', quantity: '0', price: '0' };
  const change = (currency: string, is = '0', was = '0') => ({
    currency,
    now: is,
    before: was,
    parts: { ...none, other: difference(is, was) },
  });
  const both = [...now.items, ...before.items];
  const amountIn = ({ items }: TotalsAnswer, one: (typeof both)[number]) =>
    items.find(
      ({ key, currency }) => key === one.key && currency === one.currency,
    )?.amount;
  return {
    now: { from, to },
    before: { from: beforeFrom, to: beforeTo },
    measure,
    groupBy,
    totals: now.totals.map(({ currency, amount }) =>
      change(
        currency,
        amount,
        before.totals.find(total => total.currency === currency)?.amount,
      ),
    ),
    items: both
      .filter(
        (one, index) =>
          both.findIndex(
            other => other.key === one.key && other.currency === one.currency,
          ) === index,
      )
      .map(one => ({
        key: one.key,
        title: one.title,
        ...change(one.currency, amountIn(now, one), amountIn(before, one)),
      })),
    others: [],
  };
}

/** A change of rules of which nothing is known but what is given. */
export function fakeReallocation(
  given: Partial<Reallocation> = {},
): Reallocation {
  return {
    id: '6f1c2a54-4c5e-4b0e-9a6f-2f7a0c0d1e22',
    state: 'waiting',
    rules: [],
    from: '2026-10-01',
    to: '2026-11-01',
    measure: 'BilledCost',
    reason: null,
    createdBy: 'user:default/priya',
    createdAt: '2026-11-02T08:00:00Z',
    startedAt: null,
    endedAt: null,
    bills: 3,
    allocated: 0,
    error: null,
    ...given,
  };
}

/** What a month comes to of which nothing is known but what is given. */
export const fakeOutlook = (given: Partial<Outlook> = {}): Outlook => ({
  from: '2026-11-01',
  to: '2026-12-01',
  state: 'forecast',
  known: '600',
  expected: '1200.00',
  low: '1100.00',
  high: '1300.00',
  coverage: 0.8,
  billed: [{ date: '2026-11-01', amount: '600' }],
  days: [
    { date: '2026-11-02', amount: '300.00' },
    { date: '2026-11-03', amount: '300.00' },
  ],
  ...given,
});

/** A budget of which nothing is known but what is given. */
export const fakeBudget = (
  given: Partial<Omit<Budget, 'status'>> & {
    status?: Partial<Budget['status']>;
  } = {},
): Budget => ({
  id: '0b4d4f0e-6f2c-4b52-9f0e-0f6f6f1f2a11',
  version: 1,
  title: 'Ledger',
  ownerRef: 'group:default/ledger',
  entityRef: 'group:default/ledger',
  period: 'month',
  currency: 'USD',
  measure: 'EffectiveCost',
  amount: '1000',
  thresholds: [
    { basis: 'actual', percent: 80 },
    { basis: 'forecast', percent: 100 },
  ],
  setBy: 'user:default/jonas',
  setAt: '2026-11-01T08:00:00Z',
  changedBy: null,
  changedAt: null,
  mayChange: true,
  ...given,
  status: {
    state: 'atRisk',
    knownThrough: '2026-11-01',
    spent: '600',
    remaining: '400',
    share: 0.6,
    outlook: fakeOutlook(),
    crossed: [],
    ...given.status,
  },
});

/** What stood out of one service, of which nothing is known but what is given. */
export const fakeAnomalyPart = (
  given: Partial<AnomalyPart> = {},
): AnomalyPart => ({
  id: '5a1f0f5e-1c39-4a53-8f40-9d5f3a7c2b10',
  groupRef: 'group:default/ledger',
  title: 'Ledger',
  service: 'AWS Data Transfer',
  first: '2026-10-09',
  last: '2026-10-11',
  expected: '40.00',
  actual: '4260.00',
  score: 61.3,
  foundAt: '2026-10-10T08:00:00Z',
  verdict: 'open',
  reason: null,
  mutedUntil: null,
  judgedBy: null,
  judgedAt: null,
  ...given,
});

/** An anomaly of which nothing is known but what is given. */
export const fakeAnomaly = (
  given: Partial<AnomalyDetail> = {},
): AnomalyDetail => ({
  id: '5a1f0f5e-1c39-4a53-8f40-9d5f3a7c2b10',
  currency: 'USD',
  measure: 'EffectiveCost',
  first: '2026-10-09',
  last: '2026-10-11',
  expected: '40.00',
  actual: '4260.00',
  parts: [fakeAnomalyPart()],
  mayJudge: true,
  days: [{ date: '2026-10-09', amount: '1420' }],
  comparedWith: { from: '2026-10-02', to: '2026-10-05' },
  causes: [],
  others: [],
  ...given,
});

/** An exchange rate of which nothing is known but what is given. */
export const fakeRate = (given: Partial<ExchangeRate> = {}): ExchangeRate => ({
  from: 'EUR',
  to: 'USD',
  day: '2026-10-01',
  holdsUntil: '2026-11-01',
  rate: '1.0825',
  source: 'European Central Bank',
  setBy: 'user:default/priya',
  setAt: '2026-10-01T08:00:00Z',
  ...given,
});

/** A recommendation of which nothing is known but what is given. */
export const fakeRecommendation = (
  given: Partial<RecommendationDetail> = {},
): RecommendationDetail => ({
  id: '7c1d0f5e-1c39-4a53-8f40-9d5f3a7c2b44',
  kind: 'oversized',
  rule: 'beside-production',
  state: 'open',
  title: 'Make orders-db-staging smaller',
  why: 'It is of staging, and as large as orders-db of production.',
  entityRef: 'resource:default/orders-db-staging',
  groupRef: 'group:default/ledger',
  groupTitle: 'Ledger',
  resourceId: 'arn:aws:rds:eu-central-1:1:orders-db-staging',
  resourceName: 'orders-db-staging',
  service: 'Amazon RDS',
  currency: 'USD',
  from: '2026-10-01',
  to: '2026-10-30',
  cost: '400.00',
  low: '100.00',
  high: '200.00',
  effort: 'medium',
  link: {
    kind: 'change',
    path: '/infrastructure/offerings/rds-instance/request?resource=a',
  },
  withheld: null,
  foundAt: '2026-11-01T08:00:00Z',
  reason: null,
  judgedBy: null,
  judgedAt: null,
  outcome: null,
  mayJudge: true,
  evidence: [
    {
      resourceName: 'orders-db-staging',
      service: 'Amazon RDS',
      sku: 'InstanceUsage:db.r6g.2xl',
      unit: 'Hrs',
      environment: 'staging',
      cost: '400.00',
      quantity: [720, 720, 720],
      days: 30,
    },
  ],
  ...given,
});

/** A portal without any bills, but for what a test gives it. */
export function fakeCostsApi(given: Partial<CostsApi> = {}): CostsApi {
  return {
    getTotals: async query => totalsOf([], query),
    getChanges: async query => changesOf([], query),
    getChangeLines: async ({ from, to, beforeFrom, beforeTo }) => ({
      now: { from, to },
      before: { from: beforeFrom, to: beforeTo },
      measure: 'BilledCost',
      items: [],
      others: [],
    }),
    getForecast: async ({ measure = 'BilledCost', asOf = '2026-11-02' }) => ({
      asOf,
      measure,
      items: [],
    }),
    listBudgets: async () => ({ items: [], total: 0 }),
    putBudget: async (id, order) =>
      fakeBudget({ ...order, id, version: order.version + 1 }),
    endBudget: async () => undefined,
    getSignalRules: async () => ({ items: [] }),
    listRates: async () => ({ items: [], total: 0 }),
    putRate: async (key, order) => fakeRate({ ...key, ...order }),
    removeRate: async () => undefined,
    importRates: async () => ({ added: 1, changed: 0, unchanged: 0 }),
    listAnomalies: async () => ({ items: [], total: 0 }),
    getAnomaly: async id => fakeAnomaly({ id }),
    judgeAnomaly: async (id, { verdict }) =>
      fakeAnomaly({ id, parts: [fakeAnomalyPart({ verdict })] }),
    listRecommendations: async () => ({ items: [], total: 0, savings: [] }),
    getRecommendation: async id => fakeRecommendation({ id }),
    judgeRecommendation: async id => fakeRecommendation({ id }),
    getUnitCosts: async ({ entityRef, measure = 'EffectiveCost' }) => ({
      entityRef,
      measure,
      units: [],
    }),
    listBills: async () => ({ items: [] }),
    listImports: async () => ({ items: [], total: 0 }),
    getImport: async id => fakeImport({ id }),
    cancelImport: async id => fakeImport({ id, state: 'failed' }),
    withdrawImport: async id => fakeImport({ id, state: 'withdrawn' }),
    getRules: async () => ({
      id: null,
      rules: [],
      changedBy: null,
      changedAt: null,
    }),
    previewRules: async () => ({ bills: 0, changes: 0, items: [] }),
    changeRules: async order => fakeReallocation({ rules: order.rules }),
    listReallocations: async () => ({ items: [], total: 0 }),
    getUnallocated: async () => ({ items: [] }),
    importBill: async () => fakeImport({ state: 'waiting' }),
    ...given,
  };
}
