import {
  type TotalsAnswer,
  type Condition,
} from '@waymark/plugin-costs-common';
import type { Live } from '@waymark/plugin-parts-react';
import { currenciesOf } from '../charts/stack';
import { useTotals } from '../live/questions';
import { daysOf, monthAt, monthsTo, type Month } from '../view/months';
import { conversionOf, filterOf, type View } from '../view/view';
import { signalTitles } from '../words/dimensions';

/** The signals, in the order in which they are shown. */
export const signalNames = Object.keys(signalTitles);

/** Charges that are for any signal. */
export const observing: Condition[] = signalNames.map(value => ({
  name: 'signal',
  value,
}));

/** What observing costs month by month, and which month and currency are looked at. */
export type Signals = {
  live: Live<TotalsAnswer[]>;
  answer?: TotalsAnswer;
  currencies: string[];
  currency?: string;
  months: Month[];
  month?: Month;
};

/** What logs, metrics and traces cost in the last thirteen months. */
export function useSignals(view: View, now: Date): Signals {
  const months = monthsTo(monthAt(now), 13);
  const live = useTotals([
    {
      from: daysOf(months[0]).from,
      to: daysOf(months[months.length - 1]).to,
      measure: view.measure,
      groupBy: 'signal',
      interval: 'month',
      ...conversionOf(view),
      ...filterOf(undefined, observing),
    },
  ]);
  const answer = live.value?.[0];
  const currencies = answer ? currenciesOf(answer) : [];
  const billed = new Set(
    answer?.items.flatMap(({ parts = [] }) =>
      parts.map(({ date }) => date.slice(0, 7)),
    ),
  );
  return {
    live,
    answer,
    currencies,
    currency:
      (currencies.length > 0 ? view.into : undefined) ??
      currencies.find(currency => currency === view.currency) ??
      currencies[0],
    months,
    month: view.month ?? months.findLast(month => billed.has(month)),
  };
}
