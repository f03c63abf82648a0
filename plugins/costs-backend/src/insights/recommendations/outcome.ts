import {
  difference,
  signOf,
  type Decimal,
  type RecommendationOutcome,
} from '@waymark/plugin-costs-common';
import { windowDays } from './Line';

/** Days that must be billed after it was accepted. */
export const neededDays = 14;

/** Less than this part of what it cost is nothing. */
const leastShare = 0.05;

/**
 * What came of a recommendation that was accepted.
 *
 * @param costs.before - of the 30 days up to the one on which it was accepted
 * @param costs.since - of the days since
 * @param costs.days - how many these are
 */
export function outcomeOf(
  low: Decimal,
  costs: { before: Decimal; since: Decimal; days: number; through: string },
): RecommendationOutcome {
  const now = ((Number(costs.since) / costs.days) * windowDays).toFixed(2);
  const before = Number(costs.before).toFixed(2);
  const saved = difference(before, now);
  const isAny = Number(saved) > leastShare * Number(before);
  const isEnough = signOf(difference(saved, low)) >= 0;
  const result = isEnough ? 'saved' : 'partly';
  return {
    result: isAny ? result : 'nothing',
    through: costs.through,
    before,
    now,
    saved,
  };
}
