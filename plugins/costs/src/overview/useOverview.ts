import type { TotalsAnswer, TotalsQuery } from '@waymark/plugin-costs-common';
import type { Live } from '@waymark/plugin-parts-react';
import { currenciesOf } from '../charts/stack';
import { useTotals } from '../live/questions';
import {
  comparedIn,
  daysOf,
  monthAt,
  monthsTo,
  type Compared,
  type Month,
} from '../view/months';
import { ownerLevels } from '../words/dimensions';
import { wayOf } from './levels';
import { conversionOf, filterOf, type Scope, type View } from '../view/view';

/** How many months a trend shows. */
const shownMonths = 13;

/** By what costs are told apart as long as nothing of them has an owner. */
const unowned = 'ServiceName';

const isOwned = ({ items }: TotalsAnswer) =>
  items.some(({ key }) => key !== null && key !== '');

/** The trend of a scope, and which month and currency are looked at. */
export type Trend = {
  live: Live<TotalsAnswer[]>;
  /** By what it is told apart. */
  by: string;
  months: Month[];
  answer?: TotalsAnswer;
  currencies: string[];
  currency?: string;
  month?: Month;
};

/** What a scope spent in the last thirteen months. */
export function useTrend(options: {
  view: View;
  scope: Scope | undefined;
  now: Date;
}): Trend {
  const { view, scope, now } = options;
  const months = monthsTo(monthAt(now), shownMonths);
  const chosen = wayOf(scope, view.by);
  const ways =
    view.by || !ownerLevels.has(chosen) ? [chosen] : [chosen, unowned];
  const live = useTotals(
    ways.map(groupBy => ({
      from: daysOf(months[0]).from,
      to: daysOf(months[months.length - 1]).to,
      measure: view.measure,
      groupBy,
      interval: 'month',
      limit: 50,
      ...conversionOf(view),
      ...filterOf(scope),
    })),
  );
  // One band of what is nobody's would say nothing.
  const answer = live.value?.find(isOwned) ?? live.value?.[0];
  const currencies = answer ? currenciesOf(answer) : [];
  const billed = new Set(
    answer
      ? [...answer.items, ...answer.others].flatMap(({ parts = [] }) =>
          parts.map(({ date }) => date.slice(0, 7)),
        )
      : [],
  );
  return {
    live,
    by: answer?.groupBy ?? chosen,
    months,
    answer,
    currencies,
    currency:
      view.into ??
      currencies.find(currency => currency === view.currency) ??
      currencies[0],
    month: view.month ?? months.findLast(month => billed.has(month)),
  };
}

/** The last day of a month of which there is a charge. */
export function lastBilledIn(
  answers: TotalsAnswer[],
  currency: string,
): string | undefined {
  return answers
    .flatMap(({ items, others }) => [...items, ...others])
    .filter(item => item.currency === currency)
    .flatMap(({ parts = [] }) => parts.map(({ date }) => date))
    .sort()
    .at(-1);
}

/** A month of a scope as it is billed: both costs, and with what to compare it. */
export type MonthSoFar = {
  live: Live<TotalsAnswer[]>;
  billed?: TotalsAnswer;
  effective?: TotalsAnswer;
  /** Nothing where nothing is billed of the month. */
  compared?: Compared;
};

/** What is known of a month so far. */
export function useMonth(options: {
  view: View;
  month: Month;
  currency: string;
  scope: Scope | undefined;
}): MonthSoFar {
  const { view, month, currency, scope } = options;
  const ask = (measure: TotalsQuery['measure']): TotalsQuery => ({
    ...daysOf(month),
    measure,
    interval: 'day',
    ...conversionOf(view),
    ...filterOf(scope),
  });
  const live = useTotals([ask('BilledCost'), ask('EffectiveCost')]);
  const lastBilled = live.value && lastBilledIn(live.value, currency);
  return {
    live,
    billed: live.value?.[0],
    effective: live.value?.[1],
    // While the next month is asked for, the last one's answer is still there.
    compared: lastBilled?.startsWith(month)
      ? comparedIn(month, lastBilled)
      : undefined,
  };
}
