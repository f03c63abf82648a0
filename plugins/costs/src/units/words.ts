import type { UnitCost, UnitMonth } from '@waymark/plugin-costs-common';
import { length, type Decimal } from '../money/decimal';

/** What one cost in a month. */
export type UnitPoint = { month: string; perUnit: Decimal };

/** A month's cost in a currency. */
const costIn = ({ costs }: UnitMonth, currency: string) =>
  costs.find(cost => cost.currency === currency);

/** The months of which it is known what one cost, the oldest first. */
export function pointsOf(unit: UnitCost, currency: string): UnitPoint[] {
  return unit.months.flatMap(month => {
    const perUnit = costIn(month, currency)?.perUnit ?? null;
    return perUnit === null ? [] : [{ month: month.month, perUnit }];
  });
}

/** What one costs as people read it: four digits of it. */
export const unitText = (perUnit: Decimal, currency: string): string =>
  new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 0,
    maximumSignificantDigits: 4,
  }).format(length(perUnit));

/** How a metric is headed: "A deployment", "A customer". */
export const headOf = ({ title }: UnitCost): string =>
  /^[aeiou]/i.test(title) ? `An ${title}` : `A ${title}`;
