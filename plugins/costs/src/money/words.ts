import type { Decimal } from './decimal';
import { length, magnitude, signOf } from './decimal';

type Digits = 'whole' | 'cents' | 'short';

const options: Record<Digits, Intl.NumberFormatOptions> = {
  whole: { maximumFractionDigits: 0 },
  cents: { minimumFractionDigits: 2, maximumFractionDigits: 2 },
  short: {
    notation: 'compact',
    minimumFractionDigits: 0,
    maximumFractionDigits: 1,
  },
};

function written(amount: Decimal, currency: string, digits: Digits): string {
  // Rounded from the text itself, however many digits it has.
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    ...options[digits],
  }).format(amount as Intl.StringNumericLiteral);
}

/** Money as people read it: without cents when there is much of it. */
export function money(amount: Decimal, currency: string): string {
  const isMuch = Math.abs(length(amount)) >= 1000;
  return written(amount, currency, isMuch ? 'whole' : 'cents');
}

/** Money to the cent. */
export const cents = (amount: Decimal, currency: string): string =>
  written(amount, currency, 'cents');

/** Money as an axis has room for it: "$120K". */
export const shortMoney = (amount: number, currency: string): string =>
  written(String(amount), currency, 'short');

/** Money to its last digit: "USD 123,096.7722816423". */
export function exactMoney(amount: Decimal, currency: string): string {
  const [whole, fraction] = magnitude(amount).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const sign = signOf(amount) < 0 ? '−' : '';
  return `${sign}${currency} ${grouped}${fraction ? `.${fraction}` : ''}`;
}

/** How much more or less: "+$3,211", "−$120.40", "no change". */
export function moneyChange(amount: Decimal, currency: string): string {
  const sign = signOf(amount);
  if (sign === 0) return 'no change';
  return `${sign > 0 ? '+' : '−'}${money(magnitude(amount), currency)}`;
}

const percentFormat = new Intl.NumberFormat('en-US', {
  style: 'percent',
  maximumFractionDigits: 1,
});

/** A share in per cent: "3.1%". */
export function percent(share: number): string {
  const size = Math.abs(share);
  if (size >= 10) return `${Math.round(share)}×`;
  // What is there is not nothing, however little it is.
  if (size > 0 && size < 0.0005) return '<0.1%';
  return percentFormat.format(share);
}

/** A share in per cent with its sign: "+2.6%". */
export function percentChange(share: number): string {
  const text = percent(Math.abs(share));
  if (Math.abs(share) < 0.0005) return '±0%';
  return `${share > 0 ? '+' : '−'}${text}`;
}

const quantityFormat = new Intl.NumberFormat('en-US', {
  maximumSignificantDigits: 4,
});

/** A quantity as people read it: four digits of it. */
export const quantityText = (quantity: Decimal): string =>
  quantityFormat.format(length(quantity));

/** What one unit comes to: "$0.4128". Nothing where there is no unit to divide by. */
export function unitPriceText(
  amount: Decimal,
  quantity: Decimal,
  currency: string,
): string | undefined {
  if (signOf(quantity) === 0) return undefined;
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 0,
    maximumSignificantDigits: 4,
  }).format(length(amount) / length(quantity));
}
