import type { Decimal } from '@waymark/plugin-costs-common';

/** An amount to the cent, as people read it. */
export const moneyText = (amount: Decimal, currency: string): string =>
  new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).format(amount as Intl.StringNumericLiteral);
