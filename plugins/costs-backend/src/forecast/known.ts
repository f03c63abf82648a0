import { sum, type Decimal } from '@waymark/plugin-costs-common';
import { numberOf, type DayNumber } from './calendar';
import type { DayRow } from './SeriesStore';

/** What is known of what something costs by day, in one currency. */
export type Known = {
  /** The first day with a charge. */
  first: DayNumber;
  /** The last day of which everything is billed. */
  through: DayNumber;
  /** Days with charges, oldest first. */
  days: { day: DayNumber; amount: Decimal }[];
};

/** How long a source may be silent before its bills count as ended, in days. */
const silence = 10;

/**
 * What is known by currency. Sources bill with different delays: what is known
 * ends where the slowest of those that still bill this does, since a day that
 * one of them has not told of is no day without costs.
 *
 * @param rows - of days before `asOf`
 * @param through - the last day of which each source tells anything
 */
export function knownOf(
  rows: DayRow[],
  through: ReadonlyMap<string, string>,
  asOf: string,
): Map<string, Known> {
  const byCurrency = new Map<string, DayRow[]>();
  for (const row of rows) {
    byCurrency.set(row.currency, [
      ...(byCurrency.get(row.currency) ?? []),
      row,
    ]);
  }
  return new Map(
    [...byCurrency].map(([currency, all]) => [
      currency,
      {
        first: Math.min(...all.map(({ day }) => numberOf(day))),
        through: throughOf(all, through, numberOf(asOf)),
        days: byDay(all),
      },
    ]),
  );
}

function throughOf(
  rows: DayRow[],
  through: ReadonlyMap<string, string>,
  asOf: DayNumber,
): DayNumber {
  const sources = [...new Set(rows.map(({ source }) => source))];
  const ends = sources.flatMap(source => {
    const day = through.get(source);
    return day ? [numberOf(day)] : [];
  });
  const last = Math.max(...rows.map(({ day }) => numberOf(day)), ...ends);
  return slowestOf(ends, last, asOf);
}

/** Where the slowest of those sources ends that still bill. */
function slowestOf(
  ends: DayNumber[],
  last: DayNumber,
  asOf: DayNumber,
): DayNumber {
  const living = ends.filter(end => end >= Math.min(asOf, last) - silence);
  return living.length > 0 ? Math.min(...living) : last;
}

/**
 * The last day of which every source has told that still bills; nothing where
 * there is none.
 *
 * @param through - the last day of which each source tells anything
 */
export function billedThrough(
  through: ReadonlyMap<string, string>,
  asOf: string,
): DayNumber | undefined {
  const ends = [...through.values()].map(numberOf);
  return ends.length > 0
    ? slowestOf(ends, Math.max(...ends), numberOf(asOf))
    : undefined;
}

function byDay(rows: DayRow[]): Known['days'] {
  const days = new Map<DayNumber, Decimal[]>();
  for (const { day, amount } of rows) {
    const number = numberOf(day);
    days.set(number, [...(days.get(number) ?? []), amount]);
  }
  return [...days]
    .sort(([one], [other]) => one - other)
    .map(([day, amounts]) => ({ day, amount: sum(amounts) }));
}
