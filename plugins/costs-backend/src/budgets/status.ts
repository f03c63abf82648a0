import {
  difference,
  share,
  signOf,
  type BudgetStatus,
  type BudgetThreshold,
  type Decimal,
  type Outlook,
} from '@waymark/plugin-costs-common';
import { dayOf } from '../forecast/calendar';
import type { Known } from '../forecast/known';
import type { BudgetTerms, Crossing } from './Budget';

/** So many per cent of an amount, exactly. */
function percentOf(amount: Decimal, percent: number): Decimal {
  const [whole, fraction = ''] = amount.split('.');
  const units = BigInt(whole + fraction) * BigInt(percent);
  const digits = units.toString().padStart(fraction.length + 3, '0');
  const point = digits.length - fraction.length - 2;
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

const isReached = (reached: Decimal, amount: Decimal, percent: number) =>
  signOf(difference(reached, percentOf(amount, percent))) >= 0;

function stateOf(
  spent: Decimal,
  amount: Decimal,
  { state, expected }: Outlook,
): BudgetStatus['state'] {
  if (signOf(difference(spent, amount)) > 0) return 'over';
  if (state === 'insufficient') return 'unknown';
  return expected !== null && signOf(difference(expected, amount)) > 0
    ? 'atRisk'
    : 'within';
}

/** Which thresholds are crossed, and by what. */
export function crossingsOf(
  { amount, thresholds }: Pick<BudgetTerms, 'amount' | 'thresholds'>,
  outlook: Outlook,
): Crossing[] {
  const reachedBy = ({ basis }: BudgetThreshold) =>
    basis === 'actual' ? outlook.known : outlook.expected;
  return thresholds.flatMap(threshold => {
    const reached = reachedBy(threshold);
    return reached !== null && isReached(reached, amount, threshold.percent)
      ? [{ ...threshold, reached }]
      : [];
  });
}

/** Where a budget stands. */
export function statusOf(
  terms: BudgetTerms,
  outlook: Outlook,
  known: Known | undefined,
): BudgetStatus {
  const { amount } = terms;
  const spent = outlook.known;
  return {
    state: stateOf(spent, amount, outlook),
    knownThrough: known ? dayOf(known.through) : null,
    spent,
    remaining: difference(amount, spent),
    share: share(spent, amount) ?? 0,
    outlook,
    crossed: crossingsOf(terms, outlook).map(({ basis, percent }) => ({
      basis,
      percent,
    })),
  };
}
