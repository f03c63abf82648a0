import type {
  Import,
  Reallocation,
  TotalsAnswer,
  TotalsQuery,
} from '@waymark/plugin-costs-common';
import type { CostsApi } from '../api/CostsApi';
import { sum } from '../money/decimal';
import { readFilter } from '../view/view';

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
  return {
    from,
    to,
    measure,
    groupBy: groupBy ?? null,
    totals: grouped(counted, currencyOf).map(all => ({
      currency: currencyOf(all[0]),
      amount: amount(all),
    })),
    items: items.sort((a, b) => Number(b.amount) - Number(a.amount)),
    others: [],
  };
}

/** An import of which nothing is known but what is given. */
export function fakeImport(given: Partial<Import> = {}): Import {
  return {
    id: '6f1c2a54-4c5e-4b0e-9a6f-2f7a0c0d1e11',
    source: 'aws',
    filename: 'larkspur-aws-2026-10.csv.gz',
    bytes: 310_331,
    state: 'done',
    createdAt: '2026-11-02T08:00:00Z',
    createdBy: 'service:demo-bills',
    startedAt: '2026-11-02T08:00:01Z',
    endedAt: '2026-11-02T08:00:02Z',
    error: null,
    ...given,
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

/** A portal without any bills, but for what a test gives it. */
export function fakeCostsApi(given: Partial<CostsApi> = {}): CostsApi {
  return {
    getTotals: async query => totalsOf([], query),
    listBills: async () => ({ items: [] }),
    listImports: async () => ({ items: [], total: 0 }),
    getImport: async id => fakeImport({ id }),
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
