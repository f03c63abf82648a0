/** The periods that are offered, in the order of a menu. */
export const periodIds = [
  '7d',
  '30d',
  '90d',
  'quarter',
  'last-quarter',
  'year',
  'custom',
] as const;

/** A period by its name in the address. */
export type PeriodId = (typeof periodIds)[number];

/** What each period is called. */
export const periodTitles: Record<PeriodId, string> = {
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
  quarter: 'This quarter',
  'last-quarter': 'Last quarter',
  year: '12 months',
  custom: 'From … to …',
};

/** Calendar days, YYYY-MM-DD; `to` is not part of it, and now when absent. */
export type DayRange = { from: string; to?: string };

const isDay = /^\d{4}-\d{2}-\d{2}$/;

/** The calendar day of an instant, in a time zone or the browser's own. */
export function dayOf(instant: Date, timeZone?: string): string {
  // Sweden writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(instant);
}

/** The day so many days later, or earlier. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** How many days lie between two days. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

/** Whether a text is a day of the calendar. */
export function isCalendarDay(text: string): boolean {
  return (
    isDay.test(text) &&
    !Number.isNaN(Date.parse(text)) &&
    addDays(text, 0) === text
  );
}

function quarterStart(day: string, quartersBack: number): string {
  const [year, month] = day.split('-').map(Number);
  const quarter = Math.floor((month - 1) / 3) - quartersBack;
  return new Date(Date.UTC(year, quarter * 3, 1)).toISOString().slice(0, 10);
}

/**
 * When a period begins and ends, as of a day. The running ones begin with a
 * whole day and end now.
 */
export function rangeOf(
  period: Exclude<PeriodId, 'custom'>,
  today: string,
): DayRange {
  switch (period) {
    case '7d':
      return { from: addDays(today, -6) };
    case '30d':
      return { from: addDays(today, -29) };
    case '90d':
      return { from: addDays(today, -89) };
    case 'quarter':
      return { from: quarterStart(today, 0) };
    case 'last-quarter':
      return { from: quarterStart(today, 1), to: quarterStart(today, 0) };
    case 'year':
      return { from: addDays(today, -364) };
    default:
      throw new Error(`No such period: ${period satisfies never}`);
  }
}
