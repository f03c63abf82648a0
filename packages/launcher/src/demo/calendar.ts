/** Lengths of time in milliseconds. */
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The date of an instant in UTC, such as 2026-03-01. */
export const dateOf = (instant: number): string =>
  new Date(instant).toISOString().slice(0, 10);

/** Where the demo organisation works. */
const timeZone = 'Europe/Berlin';
const inBerlin = new Intl.DateTimeFormat('en-GB', {
  timeZone,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
});

/** Public holidays, month and day, and the Fridays and Mondays around Easter. */
const holidays = new Set([
  '01-01',
  '05-01',
  '10-03',
  '12-24',
  '12-25',
  '12-26',
  '12-31',
]);

/** Easter Sunday of a year in UTC (Gauss, as Meeus wrote it down). */
function easter(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d =
    (19 * a + b - Math.floor(b / 4) - Math.floor((8 * b + 13) / 25) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = Math.floor((a + 11 * d + 22 * e) / 451);
  const month = Math.floor((d + e - 7 * f + 114) / 31);
  return Date.UTC(year, month - 1, ((d + e - 7 * f + 114) % 31) + 1);
}

/** A day as the people of the organisation see it. */
export type Day = {
  /** Its midnight in UTC, which names it. */
  date: number;
  /** 0 is Sunday. */
  weekday: number;
  /** How much of a working day it is: 0 on weekends and holidays, little before Christmas and in August. */
  work: number;
};

function workOn(date: number): number {
  const at = new Date(date);
  const weekday = at.getUTCDay();
  if (weekday === 0 || weekday === 6) return 0;
  const name = at.toISOString().slice(5, 10);
  const fromEaster = (date - easter(at.getUTCFullYear())) / day;
  // Good Friday, Easter Monday, Ascension, Whit Monday
  if (holidays.has(name) || [-2, 1, 39, 50].includes(fromEaster)) return 0;
  if (name >= '12-18' || name <= '01-04') return 0.3;
  const season = name.startsWith('08') ? 0.65 : 1;
  return weekday === 5 ? season * 0.6 : season;
}

/** The day at an index: whole days since 1970. */
export function dayAt(index: number): Day {
  const date = index * day;
  return {
    date,
    weekday: new Date(date).getUTCDay(),
    work: workOn(date),
  };
}

/** The instant of an hour of the clock on a day, such as 9.5 for half past nine in Berlin. */
export function clock({ date }: Day, hours: number): number {
  const guess = date + hours * hour;
  const shown = Number(
    inBerlin.formatToParts(guess).find(part => part.type === 'hour')?.value,
  );
  const offset = (shown - Math.floor(hours) + 24) % 24;
  return guess - offset * hour;
}

/** The last instant at or before this one at which people were at work; `minuteOfDay` says when in the day when it moves. */
export function atWork(instant: number, minuteOfDay: number): number {
  let index = Math.floor(instant / day);
  const today = dayAt(index);
  if (today.work > 0) {
    const start = clock(today, 8.5);
    if (instant >= start) return Math.min(instant, clock(today, 18.5));
  }
  do index -= 1;
  while (dayAt(index).work === 0);
  return clock(dayAt(index), 8.5) + minuteOfDay * minute;
}
