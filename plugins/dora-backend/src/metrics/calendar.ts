import { DateTime } from 'luxon';

/** A day of a time zone. */
export type CalendarDay = {
  /** When it begins; not always at midnight. */
  from: number;
  /** Its date, as the instant at which it begins in UTC. */
  date: number;
};

/** Time zones are few, and everybody asks for the same years. */
const mostKnown = 500;
const known = new Map<string, CalendarDay[]>();

/** Days that clocks skip are left out. */
function walk(year: number, timeZone: string): CalendarDay[] {
  const days: CalendarDay[] = [];
  let next = DateTime.fromObject({ year }, { zone: timeZone }).startOf('day');
  while (next.year === year) {
    days.push({
      from: +next,
      date: Date.UTC(next.year, next.month - 1, next.day),
    });
    next = next.plus({ days: 1 }).startOf('day');
  }
  return days;
}

/** Walking through a calendar takes milliseconds, so it is done once for a year and a time zone. */
function daysOfYear(year: number, timeZone: string): readonly CalendarDay[] {
  const key = `${year} ${timeZone}`;
  let days = known.get(key);
  if (!days) {
    days = walk(year, timeZone);
    if (known.size >= mostKnown) known.clear();
    known.set(key, days);
  }
  return days;
}

/** The days of the year that holds an instant. The year of a time zone begins less than a day before or after that of UTC. */
function yearOf(instant: number, timeZone: string): readonly CalendarDay[] {
  const year = new Date(instant).getUTCFullYear();
  const days = daysOfYear(year, timeZone);
  if (instant < days[0].from) return daysOfYear(year - 1, timeZone);
  const next = daysOfYear(year + 1, timeZone);
  return instant < next[0].from ? days : next;
}

/** The day that holds an instant. */
export function calendarDay(instant: number, timeZone: string): CalendarDay {
  const days = yearOf(instant, timeZone);
  let low = 0;
  let high = days.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (days[middle].from <= instant) low = middle;
    else high = middle;
  }
  return days[low];
}

/** The days from the one that holds an instant to the one that holds a later one. */
export function calendarDays(
  first: number,
  last: number,
  timeZone: string,
): CalendarDay[] {
  const { from } = calendarDay(first, timeZone);
  const days: CalendarDay[] = [];
  for (let at = from; at <= last; ) {
    const year = yearOf(at, timeZone);
    days.push(...year.filter(day => day.from >= from && day.from <= last));
    const { date } = year[year.length - 1];
    at = daysOfYear(new Date(date).getUTCFullYear() + 1, timeZone)[0].from;
  }
  return days;
}
