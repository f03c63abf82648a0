import { InputError } from '@backstage/errors';

function requireDay(name: string, day: string): void {
  const date = new Date(`${day}T00:00:00Z`);
  const isDay =
    !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
  if (!isDay) throw new InputError(`${name}: there is no day ${day}`);
}

/** @throws InputError when these are not the first day and the day after the last */
export function requirePeriod(from: string, to: string): void {
  requireDay('from', from);
  requireDay('to', to);
  if (from >= to) {
    throw new InputError(
      `to: ${to} is not after ${from}; it is the day after the last`,
    );
  }
}
