import { dayOf, monthOf, numberOf } from '../forecast/calendar';
import type { BillRow } from './bill';

/** Charges of consecutive days up to the day before one, a row for each. */
export function daily(
  before: string,
  days: number,
  rowOf: (day: string, index: number) => BillRow,
): BillRow[] {
  const end = numberOf(before);
  return Array.from({ length: days }, (_, index) => {
    const day = end - days + index;
    const { from, to } = monthOf(day);
    return {
      BillingPeriodStart: `${dayOf(from)}T00:00:00Z`,
      BillingPeriodEnd: `${dayOf(to)}T00:00:00Z`,
      ChargePeriodStart: `${dayOf(day)}T00:00:00Z`,
      ChargePeriodEnd: `${dayOf(day + 1)}T00:00:00Z`,
      ...rowOf(dayOf(day), index),
    };
  });
}
