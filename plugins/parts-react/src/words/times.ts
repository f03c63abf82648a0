const dayFormat: Intl.DateTimeFormatOptions = {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
};

/** An instant as a date and a time, in a time zone or the browser's own. */
export function timeText(instant: string, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    ...dayFormat,
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  }).format(new Date(instant));
}

/** An instant as a date. */
export function dateText(instant: string, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', { ...dayFormat, timeZone }).format(
    new Date(instant),
  );
}

/** A period by its first and its last day. */
export function periodText(
  period: { from: string; to: string },
  timeZone?: string,
): string {
  // The end is not part of the period: the moment before it is.
  const last = new Date(Date.parse(period.to) - 1).toISOString();
  return `${dateText(period.from, timeZone)} to ${dateText(last, timeZone)}`;
}

/** A calendar day (YYYY-MM-DD) as an axis has room for it. */
export function shortDay(day: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  }).format(new Date(day));
}
