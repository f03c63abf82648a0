import type { Conversion } from '@waymark/plugin-costs-common';
import type { ConversionRow } from './TotalsStore';

/** How amounts were converted, and what could not be, as the API says it. */
export const conversionOf = (
  currency: string,
  rows: ConversionRow[],
): Conversion => ({
  currency,
  rates: rows.flatMap(row => {
    const { from, day, rate, source, first, last, amount, converted } = row;
    return day !== null && rate !== null && source && converted !== null
      ? [{ from, day, rate, source, first, last, amount, converted }]
      : [];
  }),
  missing: rows.flatMap(({ from, day, first, last, days, amount }) =>
    day === null ? [{ from, first, last, days, amount }] : [],
  ),
});
