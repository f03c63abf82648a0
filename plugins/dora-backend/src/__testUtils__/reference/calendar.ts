const day = 86_400_000;

/** The date that a calendar on the wall of a time zone shows, such as 2026-03-01. */
export function dateIn(timeZone: string): (instant: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return instant => format.format(instant);
}

const shifted = (date: string, days: number) =>
  new Date(Date.parse(date) + days * day).toISOString().slice(0, 10);

/** The first day of the week of a date. */
export function weekOf(
  date: string,
  weekStart: 'monday' | 'sunday' | 'saturday',
): string {
  const first = { sunday: 0, monday: 1, saturday: 6 }[weekStart];
  const weekday = new Date(date).getUTCDay();
  return shifted(date, -((weekday - first + 7) % 7));
}

/** The dates from one to another, the last not included. */
export function datesBetween(from: string, to: string): string[] {
  const count = (Date.parse(to) - Date.parse(from)) / day;
  return Array.from({ length: count }, (_, index) => shifted(from, index));
}
