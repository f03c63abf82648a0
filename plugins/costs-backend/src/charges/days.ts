import { InputError } from '@backstage/errors';

/** No bill is of a day before this one. */
const earliest = '2000-01-01';

/** @throws InputError when there is no such day, or no bill could be of it */
export function requireDay(name: string, day: string): void {
  const date = new Date(`${day}T00:00:00Z`);
  const isDay =
    !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
  if (!isDay) throw new InputError(`${name}: there is no day ${day}`);
  if (day < earliest) {
    throw new InputError(
      `${name}: ${day} is before ${earliest}, from when on bills are taken`,
    );
  }
}

/**
 * @param names - of the parameters, for messages
 * @throws InputError when these are not the first day and the day after the last
 */
export function requirePeriod(
  from: string,
  to: string,
  ...names: [string, string] | []
): void {
  const [first = 'from', last = 'to'] = names;
  requireDay(first, from);
  requireDay(last, to);
  if (from >= to) {
    throw new InputError(
      `${last}: ${to} is not after ${from}; it is the day after the last`,
    );
  }
}
