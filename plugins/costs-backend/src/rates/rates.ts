import { InputError } from '@backstage/errors';
import { requireDay } from '../charges/days';
import type { RateKey } from './RatesService';

/** A rate that is to be kept. */
export type NewRate = RateKey & { rate: string; source: string };

/**
 * How many days a rate holds when none follows it. A rate of each month covers
 * its month; one that nobody renewed is not taken for today's.
 */
export const holdsDays = 31;

const currency = /^[A-Z]{3}$/;
const decimal = /^\d{1,12}(\.\d{1,18})?$/;
const longestSource = 200;

/** @throws InputError when no rate is like this */
export function requireRate(rate: NewRate): NewRate {
  const { from, to, day, source } = rate;
  for (const [name, code] of Object.entries({ from, to })) {
    if (!currency.test(code)) {
      throw new InputError(
        `${name}: "${code}" is no currency; write three capital letters, such as USD`,
      );
    }
  }
  if (from === to) {
    throw new InputError(`from and to are both ${from}; take two currencies`);
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) {
    throw new InputError(`day: "${day}" is no day; write it as 2026-03-01`);
  }
  requireDay('day', day);
  if (!decimal.test(rate.rate) || /^[0.]*$/.test(rate.rate)) {
    throw new InputError(
      `rate: "${rate.rate}" is no number above 0 of up to 12 digits before and 18 after the point`,
    );
  }
  if (source.trim() === '' || source.length > longestSource) {
    throw new InputError(
      `source must say where the rate comes from, in up to ${longestSource} characters`,
    );
  }
  return { ...rate, source: source.trim() };
}
