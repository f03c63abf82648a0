import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits for a condition.
 *
 * @param what - completes the sentence "In time it did not happen that …"
 * @param withinMs - the deadline
 * @param everyMs - between two looks; more where a look is a request that is counted
 * @throws Error when the deadline passes first
 */
export async function until(
  what: string,
  withinMs: number,
  condition: () => boolean | Promise<boolean>,
  everyMs = 50,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > deadline) {
      throw new Error(
        `Within ${withinMs / 1000} s it did not happen that ${what}`,
      );
    }
    await delay(everyMs);
  }
}
