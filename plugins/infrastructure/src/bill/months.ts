import type { TotalsAnswer } from '@waymark/plugin-costs-common';
import type { Range } from '@waymark/plugin-infrastructure-common';
import { money, moneyRange } from '../words/money';

/** Estimates are in this currency; bills in another are shown, and not compared. */
const estimated = 'USD';

/** What a resource cost in a month. */
export type BilledMonth = {
  /** Its first day. */
  date: string;
  currency: string;
  amount: number;
  /** Whether more of it may still be billed. */
  isOpen: boolean;
  /** How much of it the resource was there for. */
  share: 'none' | 'part' | 'all';
};

/** The months that are looked at: this one and those before it. */
export function lastMonths(
  now: Date,
  count: number,
): { from: string; to: string } {
  const first = (months: number) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1))
      .toISOString()
      .slice(0, 10);
  return { from: first(1 - count), to: first(1) };
}

function shareOf(date: string, since: string): BilledMonth['share'] {
  const made = since.slice(0, 10);
  if (date >= made) return 'all';
  return date.slice(0, 7) === made.slice(0, 7) ? 'part' : 'none';
}

/**
 * What is billed of each month, the newest first.
 *
 * @param since - when the resource was asked for (ISO 8601); before that the bills are of something else by its name
 */
export function monthsOf(
  answer: TotalsAnswer,
  since: string,
  now: Date,
): BilledMonth[] {
  const current = now.toISOString().slice(0, 7);
  return answer.items
    .flatMap(({ currency, parts = [] }) =>
      parts.map(({ date, amount }) => ({
        date,
        currency,
        // To be read, and the length of a bar; sums are the costs plugin's.
        amount: Number(amount),
        isOpen: date.slice(0, 7) === current,
        share: shareOf(date, since),
      })),
    )
    .sort((one, other) => other.date.localeCompare(one.date));
}

const percent = new Intl.NumberFormat('en-US', {
  style: 'percent',
  maximumFractionDigits: 0,
});

/** How a month compares with the estimate. */
export type Verdict = { text: string; tone: 'positive' | 'warning' | 'plain' };

/** Says whether the estimate was right. */
export function verdictOf(
  { amount, currency, isOpen, share }: BilledMonth,
  estimate: Range | undefined,
): Verdict {
  if (!estimate) return { text: 'never estimated', tone: 'plain' };
  if (currency !== estimated) {
    return { text: 'in another currency', tone: 'plain' };
  }
  if (share === 'none') return { text: 'before it was made', tone: 'plain' };
  const { low, high } = estimate;
  if (amount > high) {
    const over = high > 0 ? `${percent.format((amount - high) / high)} ` : '';
    return { text: `${over}above the estimate`, tone: 'warning' };
  }
  if (isOpen) return { text: 'so far', tone: 'plain' };
  if (amount < low) {
    if (share === 'part') return { text: 'of a part of it', tone: 'plain' };
    return {
      text: `${percent.format((low - amount) / low)} below the estimate`,
      tone: 'plain',
    };
  }
  return { text: 'as estimated', tone: 'positive' };
}

/** The amount of a month as people read it. */
export const amountOf = ({ amount, currency }: BilledMonth): string =>
  currency === estimated
    ? money(amount)
    : new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(
        amount,
      );

/** What was estimated, in words. */
export const estimateText = (estimate: Range): string =>
  `${moneyRange(estimate)} a month`;
