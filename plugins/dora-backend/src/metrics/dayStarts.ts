import { DateTime } from 'luxon';

/** Time zones are few, and everybody asks for the same years. */
const mostKnown = 500;
const known = new Map<string, number[]>();

/** Walks through the calendar: days that clocks skip are left out, and some do not begin at midnight. */
function walk(year: number, timeZone: string): number[] {
  const starts: number[] = [];
  let next = DateTime.fromObject({ year }, { zone: timeZone }).startOf('day');
  while (next.year === year) {
    starts.push(+next);
    next = next.plus({ days: 1 }).startOf('day');
  }
  return starts;
}

/**
 * The instants at which the days of a year begin in a time zone. The walk
 * takes milliseconds, so it is made once for a year and a time zone.
 */
export function dayStarts(year: number, timeZone: string): readonly number[] {
  const key = `${year} ${timeZone}`;
  let starts = known.get(key);
  if (!starts) {
    starts = walk(year, timeZone);
    if (known.size >= mostKnown) known.clear();
    known.set(key, starts);
  }
  return starts;
}
