import { InputError } from '@backstage/errors';
import { DateTime } from 'luxon';

/** The calendar day of an instant in a time zone, as `2026-03-01`. */
export function dayOf(instant: number, timeZone: string): string {
  return DateTime.fromMillis(instant, { zone: timeZone }).toFormat(
    'yyyy-MM-dd',
  );
}

/** When a day begins in a time zone, in milliseconds. */
export function beginOf(day: string, timeZone: string): number {
  return DateTime.fromISO(day, { zone: timeZone }).toMillis();
}

/** When a day ends in a time zone, in milliseconds. */
export function endOf(day: string, timeZone: string): number {
  return DateTime.fromISO(day, { zone: timeZone })
    .plus({ days: 1 })
    .startOf('day')
    .toMillis();
}

/** @throws InputError when the calendar has no such day */
export function requireDay(day: string, field: string): string {
  if (!DateTime.fromISO(day, { zone: 'UTC' }).isValid) {
    throw new InputError(`${field}: the calendar has no ${day}`);
  }
  return day;
}
