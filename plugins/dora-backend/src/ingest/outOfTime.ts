import type { Fact } from '@waymark/plugin-dora-node';

/** Clocks of senders go wrong by minutes, and some take local time for UTC. */
const aheadMs = 86_400_000;

/**
 * What is wrong with the instants of a fact. One from years ahead would stand
 * at the top of every list and take the changes of all deployments before it.
 *
 * @param heardAt - when the portal heard of it, milliseconds since 1970
 * @returns nothing when they can be true
 */
export function outOfTime(fact: Fact, heardAt: number): string | undefined {
  for (const [name, value] of Object.entries(fact)) {
    if (!name.endsWith('At') || typeof value !== 'string') continue;
    const at = Date.parse(value);
    if (at > heardAt + aheadMs) {
      return `${name}: ${value} is more than a day ahead; what has not happened yet is not taken`;
    }
    if (at < 0) return `${name}: ${value} is before 1970`;
  }
  return undefined;
}
