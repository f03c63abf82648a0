import { day } from '../calendar.ts';

/** A billing period: a calendar month, UTC as providers count. */
export type Month = {
  /** How many months after the first of the story. */
  index: number;
  /** Its name: 2026-11. */
  name: string;
  start: number;
  end: number;
  /** The midnights of the days that are billed yet. */
  days: number[];
};

/** How many months Larkspur's bills go back, this one included. */
export const monthsTold = 13;

const monthAt = (instant: number, offset: number) => {
  const date = new Date(instant);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1);
};

/** The months up to an instant; of the last one, the days before the instant's own. */
export function monthsUntil(until: number): Month[] {
  const today = Math.floor(until / day) * day;
  return Array.from({ length: monthsTold }, (_, index) => {
    const start = monthAt(until, index + 1 - monthsTold);
    const end = monthAt(until, index + 2 - monthsTold);
    const last = Math.min(end, today);
    const days = Math.max(0, Math.round((last - start) / day));
    return {
      index,
      name: new Date(start).toISOString().slice(0, 7),
      start,
      end,
      days: Array.from({ length: days }, (_day, n) => start + n * day),
    };
  }).filter(({ days }) => days.length > 0);
}

/** The day of the month, 1 to 31. */
export const dayOfMonth = (date: number) => new Date(date).getUTCDate();
