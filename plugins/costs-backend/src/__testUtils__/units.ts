const decimals = 18;

/** A decimal number in its smallest units; an independent reading of it. */
export function units(decimal: string): bigint {
  const [whole, fraction = ''] = decimal.replace('-', '').split('.');
  const value = BigInt(whole + fraction.padEnd(decimals, '0'));
  return decimal.startsWith('-') ? -value : value;
}

/** What amounts of a currency come to, in units. */
export const unitsOf = (
  amounts: { currency: string; amount: string }[],
  currency: string,
): bigint =>
  amounts
    .filter(amount => amount.currency === currency)
    .reduce((total, { amount }) => total + units(amount), 0n);
