/** A day by its number: days since 1970-01-01, in UTC. */
export type DayNumber = number;

const dayMs = 86_400_000;

/** The number of a day such as 2026-03-01. */
export const numberOf = (day: string): DayNumber =>
  Date.parse(`${day}T00:00:00Z`) / dayMs;

/** The day of a number. */
export const dayOf = (number: DayNumber): string =>
  new Date(number * dayMs).toISOString().slice(0, 10);

/** Which day of the week it is: 0 for Sunday. */
export const weekdayOf = (number: DayNumber): number => (number + 4) % 7;

const firstOf = (year: number, month: number): DayNumber =>
  Date.UTC(year, month, 1) / dayMs;

/** A time from its first day to before `to`. */
export type Span = { from: DayNumber; to: DayNumber };

/** The month in which a day is. */
export function monthOf(number: DayNumber): Span {
  const date = new Date(number * dayMs);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return { from: firstOf(year, month), to: firstOf(year, month + 1) };
}

/** The quarter in which a day is. */
export function quarterOf(number: DayNumber): Span {
  const date = new Date(number * dayMs);
  const first = date.getUTCMonth() - (date.getUTCMonth() % 3);
  const year = date.getUTCFullYear();
  return { from: firstOf(year, first), to: firstOf(year, first + 3) };
}

/** The year in which a day is. */
export function yearOf(number: DayNumber): Span {
  const year = new Date(number * dayMs).getUTCFullYear();
  return { from: firstOf(year, 0), to: firstOf(year + 1, 0) };
}

/** How many days from either end of a month have a place of their own. */
const edgeDays = 3;

/** The place at an end of its month that a day has: 1 to 3 from the start, -1 to -3 from the end. */
export function edgeOf(number: DayNumber): number | undefined {
  const { from, to } = monthOf(number);
  if (number - from < edgeDays) return number - from + 1;
  return to - number <= edgeDays ? number - to : undefined;
}
