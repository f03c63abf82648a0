import type { MetricsQuery } from '@waymark/plugin-dora-common';
import {
  addDays,
  dayOf,
  daysBetween,
  isCalendarDay,
  periodIds,
  rangeOf,
  type DayRange,
  type PeriodId,
} from './periods';

/** The parts of the organisation that can be laid side by side. */
export const parts = ['group', 'domain', 'system', 'component'] as const;

/** A kind of part. */
export type Part = (typeof parts)[number];

/** The switches that numbers depend on; what is absent is as the portal is configured. */
export type Switches = Pick<
  MetricsQuery,
  | 'environment'
  | 'timeZone'
  | 'weekStart'
  | 'leadTimeClock'
  | 'recoveryClock'
  | 'failedAttempts'
  | 'bands'
>;

/** What a page of metrics shows; the address says all of it. */
export type View = Switches & {
  period: PeriodId;
  /** First and last day of a period of one's own. */
  first?: string;
  last?: string;
  /** The part of the organisation that is looked at. */
  entityRef?: string;
  /** What is laid side by side. */
  by?: Part;
};

const choices = {
  weekStart: ['monday', 'sunday', 'saturday'],
  leadTimeClock: ['firstCommit', 'opened', 'merged'],
  recoveryClock: ['deployment', 'incident'],
  failedAttempts: ['count', 'ignore'],
  bands: ['targets', '2021', '2023', '2025'],
  by: parts,
} as const;

function choice<K extends keyof typeof choices>(
  params: URLSearchParams,
  key: K,
): (typeof choices)[K][number] | undefined {
  const value = params.get(key);
  return choices[key].find(option => option === value);
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

/** Reads a view from an address; what it does not understand is left at its default. */
export function readView(params: URLSearchParams): View {
  const period = periodIds.find(id => id === params.get('period')) ?? '30d';
  const first = params.get('first') ?? '';
  const last = params.get('last') ?? '';
  const isCustom =
    period === 'custom' &&
    isCalendarDay(first) &&
    isCalendarDay(last) &&
    first <= last;
  const timeZone = params.get('timeZone') ?? '';
  const days =
    period === 'custom' && !isCustom
      ? { period: '30d' as const }
      : { period, ...(isCustom && { first, last }) };
  return {
    ...days,
    entityRef: params.get('entityRef') || undefined,
    environment: params.get('environment') || undefined,
    timeZone: timeZone && isTimeZone(timeZone) ? timeZone : undefined,
    weekStart: choice(params, 'weekStart'),
    leadTimeClock: choice(params, 'leadTimeClock'),
    recoveryClock: choice(params, 'recoveryClock'),
    failedAttempts: choice(params, 'failedAttempts'),
    bands: choice(params, 'bands'),
    by: choice(params, 'by'),
  };
}

/** The days of a view, as of now. */
export function daysOf(view: View, now: Date): DayRange {
  if (view.period === 'custom') {
    const today = dayOf(now, view.timeZone);
    return {
      from: view.first ?? addDays(today, -29),
      // People mean the last day as part of it; the portal's periods end before their end.
      to: addDays(view.last ?? today, 1),
    };
  }
  return rangeOf(view.period, dayOf(now, view.timeZone));
}

/** What to ask of the portal for a view. */
export function queryOf(view: View, now: Date): MetricsQuery {
  const {
    entityRef,
    environment,
    timeZone,
    weekStart,
    leadTimeClock,
    recoveryClock,
    failedAttempts,
    bands,
  } = view;
  return defined({
    ...daysOf(view, now),
    entityRef,
    environment,
    timeZone,
    weekStart,
    leadTimeClock,
    recoveryClock,
    failedAttempts,
    bands,
  });
}

/**
 * What to ask of the portal for a part of what is looked at, such as a field of
 * the map: what of it is in the view, without what is below it.
 *
 * @param part - the reference of the part; the whole view when there is none
 */
export function queryOfPart(
  view: View,
  part: string | null,
  now: Date,
): MetricsQuery {
  const query = queryOf(view, now);
  return part
    ? defined({
        ...query,
        entityRef: part,
        within: view.entityRef,
        alone: true,
      })
    : query;
}

/** The steps in which a view's trend is drawn: a chart holds some tens of points. */
export function stepOf(view: View, now: Date): 'day' | 'week' | 'month' {
  const { from, to } = daysOf(view, now);
  const days = daysBetween(from, to ?? dayOf(now, view.timeZone));
  if (days <= 14) return 'day';
  return days <= 400 ? 'week' : 'month';
}

function defined<T extends object>(object: T): T {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== undefined),
  ) as T;
}
