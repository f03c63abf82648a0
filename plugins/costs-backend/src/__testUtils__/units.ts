const decimals = 18;

/** A decimal number in its smallest units; an independent reading of it. */
export function units(decimal: string): bigint {
  const [whole, fraction = ''] = decimal.replace('-', '').split('.');
  const value = BigInt(whole + fraction.padEnd(decimals, '0'));
  return decimal.startsWith('-') ? -value : value;
}
