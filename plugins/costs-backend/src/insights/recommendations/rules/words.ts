const amount = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const share = new Intl.NumberFormat('en-US', {
  style: 'percent',
  maximumFractionDigits: 0,
});
const quantity = new Intl.NumberFormat('en-US', {
  maximumSignificantDigits: 3,
});

/** Money in a sentence. */
export const moneyOf = (value: number, currency: string): string =>
  `${amount.format(value)} ${currency}`;

/** A part of a whole in a sentence. */
export const shareOf = (value: number): string => share.format(value);

/** A quantity in a sentence. */
export const quantityOf = (value: number, unit: string | null): string =>
  `${quantity.format(value)} ${unit ?? ''}`.trim();
