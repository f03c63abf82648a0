import { z } from 'zod';

// ISO 8601, and the variants of it that Rails and Java print.
const pattern =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|UTC|[+-]\d{2}:?\d{2})$/;

function dayExists(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`);
  return (
    !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day)
  );
}

/** As JavaScript prints it, on a day that every month has: that is most of an import, and needs no second look. */
const printed =
  /^[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

function instantOfText(given: string): string | undefined {
  if (printed.test(given)) return given;
  const [matched, day, time, zone] = given.match(pattern) ?? [];
  if (!matched || !dayExists(day)) return undefined;
  const offset =
    zone === 'UTC' ? 'Z' : zone.replace(/(\d{2})(\d{2})$/, '$1:$2');
  return instantOfMillis(Date.parse(`${day}T${time}${offset}`));
}

function instantOfMillis(millis: number): string | undefined {
  const date = new Date(millis);
  if (Number.isNaN(date.getTime())) return undefined;
  const iso = date.toISOString();
  // Years of more than four digits are written with a sign.
  return /^\d{4}-/.test(iso) ? iso : undefined;
}

const orRefuse =
  <T>(convert: (given: T) => string | undefined, complaint: string) =>
  (given: T, context: z.RefinementCtx) => {
    const found = convert(given);
    if (found === undefined) {
      context.addIssue({ code: 'custom', message: complaint });
      return z.NEVER;
    }
    return found;
  };

const noText =
  'is not a date with a time and a zone, such as 2026-03-01T09:30:00Z';

/** A text with date, time and zone; becomes an ISO 8601 instant. */
export const instant = z
  .string(noText)
  .transform(orRefuse(instantOfText, noText));

/** Seconds since 1970; become an ISO 8601 instant. */
export const unixSeconds = z
  .number()
  .transform(
    orRefuse(
      seconds => instantOfMillis(seconds * 1000),
      'is not a number of seconds since 1970',
    ),
  );

/** Milliseconds since 1970; become an ISO 8601 instant. */
export const unixMillis = z
  .number()
  .transform(
    orRefuse(instantOfMillis, 'is not a number of milliseconds since 1970'),
  );
