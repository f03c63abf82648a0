import { InputError } from '@backstage/errors';
import { DateTime, IANAZone } from 'luxon';
import { calendarDay, calendarDays, type CalendarDay } from './calendar';

/** From when to when, in milliseconds; the end is not part of it. */
export type Interval = { from: number; to: number };

export type WeekStart = 'monday' | 'sunday' | 'saturday';

const day = 86_400_000;
const longestYears = 6;
const firstYear = 1970;
const lastYear = 2199;

/** Time zones that were found to exist: to find that out takes as long as a query. */
const existing = new Set<string>();
/** There are fewer, but each can be written in capitals as well. */
const mostExisting = 1000;

/** @throws InputError when no such time zone exists */
export function requireTimeZone(name: string): string {
  if (existing.has(name)) return name;
  if (!IANAZone.isValidZone(name)) {
    throw new InputError(
      `timeZone: there is no time zone "${name}"; use an IANA name such as Europe/Berlin`,
    );
  }
  if (existing.size >= mostExisting) existing.clear();
  existing.add(name);
  return name;
}

function instantOf(text: string, timeZone: string, field: string): number {
  const parsed = DateTime.fromISO(text, { zone: timeZone });
  if (!parsed.isValid) {
    throw new InputError(`${field}: ${text} is no date or instant that exists`);
  }
  const { year } = parsed.toUTC();
  if (year < firstYear || year > lastYear) {
    throw new InputError(
      `${field}: ${text} is not between the years ${firstYear} and ${lastYear}`,
    );
  }
  return parsed.toMillis();
}

/**
 * The period a caller asks for.
 *
 * @param asked.from - an instant, or a date that begins in the time zone; 30 days before the end when absent
 * @param asked.to - likewise; now when absent
 * @throws InputError when it is no period
 */
export function readPeriod(
  asked: { from?: string; to?: string },
  timeZone: string,
  now: number,
): Interval {
  const to = asked.to ? instantOf(asked.to, timeZone, 'to') : now;
  const from = asked.from
    ? instantOf(asked.from, timeZone, 'from')
    : to - 30 * day;
  if (from >= to) {
    throw new InputError(
      'from: the period ends before it begins; "to" is not part of the period and must be later than "from"',
    );
  }
  if (to - from > longestYears * 366 * day) {
    throw new InputError(`from: a period has at most ${longestYears} years`);
  }
  return { from, to };
}

/** Where clocks go forward at midnight, a day begins at one o'clock. */
const begins = (instant: DateTime, unit: 'day' | 'month') =>
  +instant === +instant.startOf(unit);

/** How many dates a calendar shows from one instant to another. */
const datesTo = (to: DateTime, from: DateTime) =>
  (Date.UTC(to.year, to.month - 1, to.day) -
    Date.UTC(from.year, from.month - 1, from.day)) /
  day;

/**
 * The period of the same length right before. Whole months of the time zone
 * are followed by as many months, so that a year is compared with a year.
 */
export function periodBefore(period: Interval, timeZone: string): Interval {
  const from = DateTime.fromMillis(period.from, { zone: timeZone });
  const to = DateTime.fromMillis(period.to, { zone: timeZone });
  if (begins(from, 'month') && begins(to, 'month')) {
    const months = to.year * 12 + to.month - from.year * 12 - from.month;
    const before = from.minus({ months }).startOf('month');
    return { from: before.toMillis(), to: period.from };
  }
  if (begins(from, 'day') && begins(to, 'day')) {
    const before = from.minus({ days: datesTo(to, from) }).startOf('day');
    return { from: before.toMillis(), to: period.from };
  }
  const days = to.diff(from, 'days').days;
  return Number.isInteger(days)
    ? { from: from.minus({ days }).toMillis(), to: period.from }
    : { from: period.from - (period.to - period.from), to: period.from };
}

/** How many days before Thursday a week begins: 1970 began on a Thursday. */
const beforeThursday: Record<WeekStart, number> = {
  monday: 3,
  sunday: 4,
  saturday: 5,
};

/** The length of a period in days of the time zone: a day with 23 hours is a day. */
export function daysIn(period: Interval, timeZone: string): number {
  const first = calendarDay(period.from, timeZone);
  const last = calendarDay(period.to, timeZone);
  if (first.from === period.from && last.from === period.to) {
    return (last.date - first.date) / day;
  }
  const from = DateTime.fromMillis(period.from, { zone: timeZone });
  const to = DateTime.fromMillis(period.to, { zone: timeZone });
  return to.diff(from, 'days').days;
}

/** The date of an instant in the time zone, such as 2026-03-01. */
export function dateOf(instant: number, timeZone: string): string {
  return new Date(calendarDay(instant, timeZone).date)
    .toISOString()
    .slice(0, 10);
}

type Grain = 'day' | 'week' | 'month';

/** What days of the same step have in common. */
function stepNumber({ date }: CalendarDay, grain: Grain, weekStart: WeekStart) {
  switch (grain) {
    case 'day':
      return date;
    case 'week':
      return Math.floor((date / day + beforeThursday[weekStart]) / 7);
    default: {
      const at = new Date(date);
      return at.getUTCFullYear() * 12 + at.getUTCMonth();
    }
  }
}

/**
 * The days, weeks or months that a period is made of. The first and the last
 * are cut off where the period begins and ends.
 */
export function stepsOf(
  { from, to }: Interval,
  grain: Grain,
  options: { timeZone: string; weekStart: WeekStart },
): Interval[] {
  const numberOf = (one: CalendarDay) =>
    stepNumber(one, grain, options.weekStart);
  const days = calendarDays(from, to - 1, options.timeZone);
  const begin = days
    .filter(
      (one, index) => index > 0 && numberOf(one) !== numberOf(days[index - 1]),
    )
    .map(one => one.from);
  const borders = [from, ...begin, to];
  return borders
    .slice(1)
    .map((end, index) => ({ from: borders[index], to: end }));
}
