import type { TotalsAnswer } from '@waymark/plugin-costs-common';
import { count } from '@waymark/plugin-parts-react';
import { difference, sum, type Decimal } from '../money/decimal';
import { keyTitle } from '../words/dimensions';

/** How many series have a colour of their own. */
export const coloured = 8;

/** One band of a stack. */
export type Series = {
  /** Of its kind in the stack. */
  id: string;
  /** As the portal names it; null where charges do not say, undefined for what is summed up. */
  key: string | null | undefined;
  title: string;
  /** Which colour it wears: a number of the palette, or what is no value. */
  colour: number | 'none' | 'others';
  total: Decimal;
  /** By day or month. */
  parts: Map<string, Decimal>;
};

/** The series of one currency, the largest first; what nobody owns and what is left come last. */
export function seriesOf(answer: TotalsAnswer, currency: string): Series[] {
  const items = answer.items.filter(item => item.currency === currency);
  const named = items.filter(({ key }) => key !== null && key !== '');
  const unnamed = items.filter(({ key }) => key === null || key === '');
  const dimension = answer.groupBy ?? undefined;
  const partsOf = (parts: { date: string; amount: Decimal }[] = []) =>
    new Map(parts.map(({ date, amount }) => [date, amount]));
  return [
    ...named.map(
      (item, index): Series => ({
        id: `of ${item.key}`,
        key: item.key,
        title: keyTitle(dimension, item.key, item.title),
        colour: index < coloured ? index : 'others',
        total: item.amount,
        parts: partsOf(item.parts),
      }),
    ),
    ...answer.others
      .filter(other => other.currency === currency && other.groups > 0)
      .map(
        (other): Series => ({
          id: 'others',
          key: undefined,
          title: count(other.groups, 'other'),
          colour: 'others',
          total: other.amount,
          parts: partsOf(other.parts),
        }),
      ),
    ...unnamed.map(
      (item): Series => ({
        id: 'none',
        key: item.key,
        title: keyTitle(dimension, item.key, item.title),
        colour: 'none',
        total: item.amount,
        parts: partsOf(item.parts),
      }),
    ),
  ];
}

/** Puts what is beyond so many series into one, so that each band can be told from the others. */
export function atMost(series: Series[], most: number): Series[] {
  const named = series.filter(({ colour }) => typeof colour === 'number');
  const kept = new Set(named.slice(0, most));
  const rest = series.filter(one => !kept.has(one) && one.colour !== 'none');
  if (rest.length < 2) return series;
  const dates = new Set(rest.flatMap(({ parts }) => [...parts.keys()]));
  return [
    ...kept,
    {
      id: 'others',
      key: undefined,
      title: 'Others',
      colour: 'others',
      total: sum(rest.map(({ total }) => total)),
      parts: new Map(
        [...dates].map(date => [
          date,
          sum(rest.flatMap(({ parts }) => parts.get(date) ?? [])),
        ]),
      ),
    },
    ...series.filter(({ colour }) => colour === 'none'),
  ];
}

/** The sum of all series on a date. */
export const sumOn = (series: Series[], date: string): Decimal =>
  sum(series.flatMap(({ parts }) => parts.get(date) ?? []));

/** The currencies of an answer, the one with the most first. */
export function currenciesOf(answer: TotalsAnswer): string[] {
  return [...answer.totals]
    .sort((one, other) => Number(difference(other.amount, one.amount)))
    .map(({ currency }) => currency);
}

/** The currencies that bills are in, also where an answer converts them. */
export function billedCurrencies(
  answer: TotalsAnswer | undefined,
  currencies: string[],
): string[] {
  const { rates = [], currency } = answer?.conversion ?? {};
  return [
    ...new Set([
      ...(currency ? [currency] : []),
      ...currencies,
      ...rates.map(({ from }) => from),
    ]),
  ];
}

/** What all charges of a currency come to. */
export const totalOf = (
  answer: Pick<TotalsAnswer, 'totals'>,
  currency: string,
): Decimal =>
  answer.totals.find(total => total.currency === currency)?.amount ?? '0';
