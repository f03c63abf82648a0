/** A calendar month by name, such as 2026-11. Months are those of UTC, as bills have them. */
export type Month = string;

/** Days from the first to, not including, the last. */
export type Days = { from: string; to: string };

const isMonth = /^\d{4}-(0[1-9]|1[0-2])$/;

/** The month of a text that is one. */
export function monthOf(text: string | null): Month | undefined {
  return text && isMonth.test(text) ? text : undefined;
}

/** The month in which an instant is. */
export const monthAt = (instant: Date): Month =>
  instant.toISOString().slice(0, 7);

/** So many months later, or earlier. */
export function addMonths(month: Month, months: number): Month {
  const [year, number] = month.split('-').map(Number);
  return monthAt(new Date(Date.UTC(year, number - 1 + months, 1)));
}

/** The first day of a month. */
export const firstDay = (month: Month): string => `${month}-01`;

/** The day so many days later. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** All days of a month. */
export const daysOf = (month: Month): Days => ({
  from: firstDay(month),
  to: firstDay(addMonths(month, 1)),
});

/** How many days a month has. */
export const lengthOf = (month: Month): number =>
  Number(addDays(firstDay(addMonths(month, 1)), -1).slice(8));

/** The months that end with one, the oldest first. */
export const monthsTo = (last: Month, count: number): Month[] =>
  Array.from({ length: count }, (_, index) =>
    addMonths(last, index + 1 - count),
  );

function format(month: Month, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', {
    ...options,
    timeZone: 'UTC',
  }).format(new Date(`${firstDay(month)}T00:00:00Z`));
}

/** A month as people say it: "November 2026". */
export const monthTitle = (month: Month): string =>
  format(month, { month: 'long', year: 'numeric' });

/** A month without its year: "November". */
export const monthName = (month: Month): string =>
  format(month, { month: 'long' });

/** A month as an axis has room for it: "Nov 26". */
export const shortMonth = (month: Month): string =>
  format(month, { month: 'short', year: '2-digit' });

/** The days of a month that are billed, and those of the month before that they are to be compared with. */
export type Compared = {
  now: Days;
  before: Days;
  /** Whether the month is billed to its end. */
  isWhole: boolean;
  /** Its last billed day of the month, 1 to 31. */
  lastDay: number;
};

/**
 * What of a month to compare with what of the month before: the same days,
 * where it is not over.
 *
 * @param lastBilled - the last day of the month of which there is a charge
 */
export function comparedIn(month: Month, lastBilled: string): Compared {
  const lastDay = Number(lastBilled.slice(8));
  const before = addMonths(month, -1);
  const isWhole = lastDay >= lengthOf(month);
  const days = Math.min(lastDay, lengthOf(before));
  return {
    now: { from: firstDay(month), to: addDays(lastBilled, 1) },
    before: isWhole
      ? daysOf(before)
      : { from: firstDay(before), to: addDays(firstDay(before), days) },
    isWhole,
    lastDay,
  };
}
