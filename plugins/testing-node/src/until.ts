import { setTimeout as delay } from 'node:timers/promises';

/** Between two looks: what is waited for is mostly done by the same processor. */
const pauseMs = 20;

/**
 * Looks until what it sees is so. Without a deadline, since a loaded machine is
 * slow and slow is not wrong; Jest has one for each test.
 *
 * @returns what it saw
 */
export async function until<T>(
  look: () => Promise<T>,
  isSo: (seen: T) => boolean,
): Promise<T> {
  for (;;) {
    const seen = await look();
    if (isSo(seen)) return seen;
    await delay(pauseMs);
  }
}
