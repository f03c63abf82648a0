import type { Success } from './containment';

const hour = 3_600_000;
const gapsLookedAt = 10;
const fewestGaps = 5;

/**
 * How long after a deployment an incident may be put down to it with nothing
 * else to go by. A component that is deployed every hour is not to blame for
 * what happens a day later: the window is the median gap between its last
 * deployments, at least one hour and at most the configured window. With few
 * deployments to go by it is the configured one.
 *
 * @param successes - oldest first
 * @param index - the deployment in question; later ones are not looked at
 */
export function windowAfter(
  successes: Success[],
  index: number,
  longestMs: number,
): number {
  const recent = successes.slice(Math.max(0, index - gapsLookedAt), index + 1);
  const gaps = recent
    .slice(1)
    .map((success, position) => success.at - recent[position].at)
    .sort((a, b) => a - b);
  if (gaps.length < fewestGaps) return longestMs;
  const median = gaps[Math.ceil(gaps.length / 2) - 1];
  return Math.min(longestMs, Math.max(hour, median));
}
