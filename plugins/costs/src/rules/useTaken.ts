import type { BillList, TotalsAnswer } from '@waymark/plugin-costs-common';
import type { Live } from '@waymark/plugin-parts-react';
import { currenciesOf, totalOf } from '../charts/stack';
import { useBills, useTotals } from '../live/questions';
import type { Decimal } from '../money/decimal';
import { daysOf, monthAt, type Days, type Month } from '../view/months';

/** What each rule took of a month. */
export type Taken = {
  month: Month;
  days: Days;
  currency: string;
  total: Decimal;
  /** By the ids of rules; null for what none took. */
  ofRule: Map<string | null, Decimal>;
};

function readTaken(month: Month, answer: TotalsAnswer): Taken | undefined {
  const currency = currenciesOf(answer)[0];
  if (!currency) return undefined;
  return {
    month,
    days: daysOf(month),
    currency,
    total: totalOf(answer, currency),
    ofRule: new Map(
      answer.items
        .filter(item => item.currency === currency)
        .map(({ key, amount }) => [key, amount]),
    ),
  };
}

const monthsOf = ({ items }: BillList): Month[] => [
  ...new Set(
    items.map(({ billingPeriodStart }) => billingPeriodStart.slice(0, 7)),
  ),
];

/** The billing periods, the newest first, and what each rule took of the newest. */
export function useTaken(): {
  /** Absent until they are read; none where they cannot be. */
  months: Month[] | undefined;
  taken: Taken | undefined;
  live: Live<TotalsAnswer[]>;
} {
  const bills = useBills();
  const none = bills.error ? [] : undefined;
  const months = bills.value ? monthsOf(bills.value) : none;
  const newest = months?.[0] ?? monthAt(new Date());
  const live = useTotals([
    {
      ...daysOf(newest),
      measure: 'BilledCost',
      groupBy: 'rule',
      limit: 1000,
    },
  ]);
  const taken = live.value && readTaken(newest, live.value[0]);
  return { months, taken, live };
}
