/** An exact number as text, such as "-12.3456789012". */
export type Decimal = string;

/** A number as so many units of so many decimals. */
type Exact = { units: bigint; decimals: number };

function read(text: Decimal): Exact {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) throw new Error(`${text} is no decimal number`);
  const [, sign, whole, fraction = ''] = match;
  const units = BigInt(whole + fraction);
  return { units: sign ? -units : units, decimals: fraction.length };
}

function write({ units, decimals }: Exact): Decimal {
  const digits = (units < 0n ? -units : units)
    .toString()
    .padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
}

const unitsAt = ({ units, decimals }: Exact, wanted: number) =>
  units * 10n ** BigInt(wanted - decimals);

/** The exact sum. */
export function sum(amounts: readonly Decimal[]): Decimal {
  const exact = amounts.map(read);
  const decimals = Math.max(0, ...exact.map(amount => amount.decimals));
  return write({
    units: exact.reduce(
      (total, amount) => total + unitsAt(amount, decimals),
      0n,
    ),
    decimals,
  });
}

/** The same amount with the other sign. */
export function negated(amount: Decimal): Decimal {
  const { units, decimals } = read(amount);
  return write({ units: -units, decimals });
}

/** The exact difference: the first without the second. */
export const difference = (amount: Decimal, other: Decimal): Decimal =>
  sum([amount, negated(other)]);

/** Whether an amount is below (-1), at (0) or above (1) nothing. */
export function signOf(amount: Decimal): -1 | 0 | 1 {
  const { units } = read(amount);
  if (units === 0n) return 0;
  return units < 0n ? -1 : 1;
}

/** The amount without its sign. */
export const magnitude = (amount: Decimal): Decimal =>
  signOf(amount) < 0 ? negated(amount) : amount;

/** Sorts the largest first. */
export const largestFirst = (one: Decimal, other: Decimal): number =>
  signOf(difference(other, one));

/** How long a bar is to be drawn, and nothing else: a number that is near enough. */
export const length = (amount: Decimal): number => Number(amount);

/** Which share of a whole an amount is, to be shown in per cent; nothing where there is no whole. */
export function share(amount: Decimal, whole: Decimal): number | undefined {
  return signOf(whole) === 0 ? undefined : length(amount) / length(whole);
}
