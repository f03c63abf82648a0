import type { Range } from '@waymark/plugin-infrastructure-common';

const cents = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
});
const dollars = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  maximumFractionDigits: 0,
});

/** US dollars as people write them: without cents when there are many. */
export function money(amount: number): string {
  return Math.abs(amount) < 100 ? cents.format(amount) : dollars.format(amount);
}

/** A range of money, or one amount where both ends are the same. */
export function moneyRange({ low, high }: Range): string {
  return money(low) === money(high)
    ? money(high)
    : `${money(low)} to ${money(high)}`;
}

/** What changes in a month: "+$3.00 to +$5.00", "no change". */
export function moneyChange({ low, high }: Range): string {
  const signed = (amount: number) => `${amount > 0 ? '+' : ''}${money(amount)}`;
  if (low === 0 && high === 0) return 'no change';
  return signed(low) === signed(high)
    ? signed(high)
    : `${signed(low)} to ${signed(high)}`;
}
