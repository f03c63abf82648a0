import fc from 'fast-check';
import {
  difference,
  largestFirst,
  magnitude,
  negated,
  share,
  signOf,
  sum,
} from './decimal';
import {
  cents,
  exactMoney,
  money,
  moneyChange,
  percentChange,
  shortMoney,
} from './words';

/** Amounts as providers bill: ten decimals, of either sign, however large. */
const units = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });
const asText = (amount: bigint) => {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(11, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -10)}.${digits.slice(
    -10,
  )}`;
};

describe('decimals', () => {
  it('add up as whole numbers do, however long they are', () => {
    fc.assert(
      fc.property(fc.array(units), amounts => {
        const total = amounts.reduce((all, amount) => all + amount, 0n);
        expect(difference(sum(amounts.map(asText)), asText(total))).toBe('0');
      }),
    );
  });

  it('do not lose what floating point loses', () => {
    expect(sum(['0.1', '0.2'])).toBe('0.3');
    expect(sum(['123456789012345.0000000001', '-123456789012345'])).toBe(
      '0.0000000001',
    );
    expect(sum([])).toBe('0');
  });

  it('know signs and sizes', () => {
    expect(['-0.1', '0.00', '3'].map(signOf)).toEqual([-1, 0, 1]);
    expect(negated('-1.50')).toBe('1.5');
    expect(magnitude('-7')).toBe('7');
    expect(['1', '-3', '2.5'].sort(largestFirst)).toEqual(['2.5', '1', '-3']);
    expect(share('1', '4')).toBe(0.25);
    expect(share('1', '0')).toBeUndefined();
  });

  it('say what is no number', () => {
    expect(() => sum(['1', 'NULL'])).toThrow('NULL is no decimal number');
  });
});

describe('money in words', () => {
  it('is short where there is much of it, and exact where it is asked for', () => {
    expect(money('123096.7722816423', 'USD')).toBe('$123,097');
    expect(money('12.345', 'EUR')).toBe('€12.35');
    expect(cents('-1234.5', 'USD')).toBe('-$1,234.50');
    expect(exactMoney('-1234567.0000000001', 'USD')).toBe(
      '−USD 1,234,567.0000000001',
    );
    expect(exactMoney('12', 'EUR')).toBe('EUR 12');
    expect(shortMoney(120_000, 'USD')).toBe('$120K');
  });

  it('says where it goes', () => {
    expect(moneyChange('3211', 'USD')).toBe('+$3,211');
    expect(moneyChange('-0.4', 'USD')).toBe('−$0.40');
    expect(moneyChange('0.000', 'USD')).toBe('no change');
    expect(percentChange(0.026)).toBe('+2.6%');
    expect(percentChange(-0.5)).toBe('−50%');
    expect(percentChange(0.0001)).toBe('±0%');
    expect(percentChange(12)).toBe('+12×');
  });
});
