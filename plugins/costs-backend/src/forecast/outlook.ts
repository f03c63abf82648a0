import { sum, type Outlook } from '@waymark/plugin-costs-common';
import { dayOf, numberOf, type DayNumber, type Span } from './calendar';
import { coverage, forecast, neededDays } from './forecast';
import type { Known } from './known';

/** Money as it is known of what has not happened: to the cent. */
const rounded = (amount: number) => amount.toFixed(2);

/** An outlook with its days. */
export type WholeOutlook = Outlook & Required<Pick<Outlook, 'billed' | 'days'>>;

/**
 * What a time comes to: what is known of it, and what is expected of the rest.
 * It says so where too little is known, instead of a number.
 */
export function outlookOf(known: Known, span: Span): WholeOutlook {
  const { through, days } = known;
  const within = days.filter(
    ({ day }) => day >= span.from && day < span.to && day <= through,
  );
  const soFar = sum(within.map(({ amount }) => amount));
  const period = {
    from: dayOf(span.from),
    to: dayOf(span.to),
  };
  const none = { expected: null, low: null, high: null, days: [] };
  const billed = within.map(({ day, amount }) => ({
    date: dayOf(day),
    amount,
  }));
  if (through >= span.to - 1) {
    return { ...period, state: 'complete', known: soFar, billed, ...none };
  }
  const found = forecast(seriesOf(known), span.to);
  if (!found) {
    return {
      ...period,
      state: 'insufficient',
      reason: `${
        through - known.first + 1
      } days are known, and ${neededDays} are needed`,
      known: soFar,
      billed,
      ...none,
    };
  }
  const isBefore = ({ day }: { day: DayNumber }) => day < span.from;
  // Of a time that has not begun, what comes before it is not asked for.
  const share = found.days
    .filter(isBefore)
    .reduce((total, { expected }) => total + expected, 0);
  const total = (amount: number) => sum([soFar, rounded(amount - share)]);
  return {
    ...period,
    state: 'forecast',
    known: soFar,
    billed,
    expected: total(found.expected),
    low: total(found.low),
    high: total(found.high),
    coverage,
    days: found.days
      .filter(day => !isBefore(day))
      .map(({ day, expected }) => ({
        date: dayOf(day),
        amount: rounded(expected),
      })),
  };
}

/** Every day from the first known one; a day without a charge cost nothing. */
export function seriesOf({ first, through, days }: Known) {
  const amounts = new Array<number>(Math.max(0, through - first + 1)).fill(0);
  for (const { day, amount } of days) {
    if (day >= first && day <= through) amounts[day - first] = Number(amount);
  }
  return { from: first, amounts };
}

/** The day before which everything is known by then, at best: today is not over. */
export const today = (now: number): string =>
  new Date(now).toISOString().slice(0, 10);

/** The day so many days before another. */
export const daysBefore = (day: string, days: number): string =>
  dayOf(numberOf(day) - days);
