import { InputError } from '@backstage/errors';
import { DateTime, IANAZone } from 'luxon';
import { dayStarts } from './dayStarts';

/** From when to when, in milliseconds; the end is not part of it. */
export type Interval = { from: number; to: number };

export type WeekStart = 'monday' | 'sunday' | 'saturday';

const day = 86_400_000;
const longestYears = 6;
const firstYear = 1970;
const lastYear = 2199;

/** @throws InputError when no such time zone exists */
export function requireTimeZone(name: string): string {
  if (!IANAZone.isValidZone(name)) {
    throw new InputError(
      `timeZone: there is no time zone "${name}"; use an IANA name such as Europe/Berlin`,
    );
  }
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

const weekdays: Record<WeekStart, number> = {
  monday: 1,
  saturday: 6,
  sunday: 7,
};

/** The length of a period in days of the time zone: a day with 23 hours is a day. */
export function daysIn(period: Interval, timeZone: string): number {
  const from = DateTime.fromMillis(period.from, { zone: timeZone });
  const to = DateTime.fromMillis(period.to, { zone: timeZone });
  return begins(from, 'day') && begins(to, 'day')
    ? datesTo(to, from)
    : to.diff(from, 'days').days;
}

/** The days that a period is made of; the first and the last are cut off where it begins and ends. */
export function daysOf({ from, to }: Interval, timeZone: string): Interval[] {
  const yearOf = (instant: number) =>
    DateTime.fromMillis(instant, { zone: timeZone }).year;
  const starts: number[] = [];
  const last = yearOf(to);
  for (let year = yearOf(from); year <= last; year += 1) {
    starts.push(...dayStarts(year, timeZone));
  }
  const borders = [
    from,
    ...starts.filter(start => start > from && start < to),
    to,
  ];
  return borders
    .slice(1)
    .map((end, index) => ({ from: borders[index], to: end }));
}

/**
 * The days, weeks or months that a period is made of. The first and the last
 * are cut off where the period begins and ends.
 */
export function stepsOf(
  period: Interval,
  grain: 'day' | 'week' | 'month',
  options: { timeZone: string; weekStart: WeekStart },
): Interval[] {
  const { timeZone, weekStart } = options;
  if (grain === 'day') return daysOf(period, timeZone);
  const start = DateTime.fromMillis(period.from, { zone: timeZone });
  let next = start.startOf(grain === 'month' ? 'month' : 'day');
  if (grain === 'week') {
    const past = (next.weekday - weekdays[weekStart] + 7) % 7;
    next = next.minus({ days: past }).startOf('day');
  }
  const steps: Interval[] = [];
  while (+next < period.to) {
    const end = next
      .plus(grain === 'month' ? { months: 1 } : { days: 7 })
      .startOf('day');
    const step = {
      from: Math.max(+next, period.from),
      to: Math.min(+end, period.to),
    };
    if (step.from < step.to) steps.push(step);
    next = end;
  }
  return steps;
}
