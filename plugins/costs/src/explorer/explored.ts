import {
  type Measure,
  type TotalsQuery,
  readFilter,
  type Condition,
} from '@waymark/plugin-costs-common';
import {
  addDays,
  addMonths,
  daysOf,
  firstDay,
  monthAt,
  type Days,
} from '../view/months';
import { conversionOf, intoIn, measureIn } from '../view/view';

/** The periods that are offered, in the order of a menu. */
export const periodTitles = {
  month: 'This month',
  'last-month': 'Last month',
  '3-months': '3 months',
  '13-months': '13 months',
  custom: 'From … to …',
} as const;

/** A period by its name in the address. */
export type PeriodId = keyof typeof periodTitles;

const periodIds = Object.keys(periodTitles) as PeriodId[];

const steps = ['day', 'month'] as const;

/** In what steps a period is shown. */
export type Step = (typeof steps)[number];

/** What the explorer shows; the address says all of it. */
export type Explored = {
  period: PeriodId;
  days: Days;
  step: Step;
  measure: Measure;
  groupBy: string;
  conditions: Condition[];
  /** The currency looked at; the one with the most in it when absent. */
  currency?: string;
  /** The currency that all others are converted into; none when absent. */
  into?: string;
};

const isDay = /^\d{4}-\d{2}-\d{2}$/;

function dayIn(params: URLSearchParams, name: string): string | undefined {
  const text = params.get(name) ?? '';
  return isDay.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
}

/** When a period begins and ends, as of an instant. */
export function rangeOf(period: Exclude<PeriodId, 'custom'>, now: Date): Days {
  const month = monthAt(now);
  const end = firstDay(addMonths(month, 1));
  switch (period) {
    case 'month':
      return daysOf(month);
    case 'last-month':
      return daysOf(addMonths(month, -1));
    case '3-months':
      return { from: firstDay(addMonths(month, -2)), to: end };
    case '13-months':
      return { from: firstDay(addMonths(month, -12)), to: end };
    default:
      throw new Error(`No such period: ${period satisfies never}`);
  }
}

/** Up to so many days a period is shown by day unless it is said otherwise. */
const mostDays = 62;

const daysIn = ({ from, to }: Days) =>
  (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** Reads what is explored from an address; what it does not understand is left at its default. */
export function readExplored(params: URLSearchParams, now: Date): Explored {
  const first = dayIn(params, 'first');
  const last = dayIn(params, 'last');
  const named = periodIds.find(id => id === params.get('period'));
  const isCustom = named === 'custom' && first && last && first <= last;
  const period =
    named === undefined || (named === 'custom' && !isCustom)
      ? '13-months'
      : named;
  const days =
    period === 'custom' && first && last
      ? { from: first, to: addDays(last, 1) }
      : rangeOf(period === 'custom' ? '13-months' : period, now);
  const fitting = daysIn(days) <= mostDays ? 'day' : 'month';
  return {
    period,
    days,
    step: steps.find(step => step === params.get('step')) ?? fitting,
    measure: measureIn(params),
    groupBy: params.get('groupBy') || 'group',
    conditions: readFilter(params.get('filter')),
    currency: params.get('currency') || undefined,
    into: intoIn(params),
  };
}

/** How many rows are shown; what is left is summed up. */
export const shownRows = 25;

/** The most bars that a chart has room for. */
const mostBars = 400;

/** What to ask of the portal. */
export function queryOf(explored: Explored, filter: string): TotalsQuery {
  const { days, step, measure, groupBy } = explored;
  return {
    ...days,
    measure,
    groupBy,
    interval: step,
    limit: shownRows,
    ...conversionOf(explored),
    ...(filter && { filter }),
  };
}

/** The dates of a period, a step at a time. */
export function datesOf({ from, to }: Days, step: Step): string[] {
  const dates: string[] = [];
  for (
    let date = step === 'month' ? firstDay(from.slice(0, 7)) : from;
    date < to && dates.length < mostBars;
    date =
      step === 'month'
        ? firstDay(addMonths(date.slice(0, 7), 1))
        : addDays(date, 1)
  ) {
    dates.push(date);
  }
  return dates;
}
