import { setTimeout as delay } from 'node:timers/promises';

/**
 * For whatever is no promise of the portal: long enough for a machine that has
 * much else to do, and it costs nothing where the sign comes.
 */
const patienceMs = 300_000;

/** True when it happened; otherwise what is to be seen in its place, if that says anything. */
export type Look = boolean | string;

/**
 * Waits for a sign.
 *
 * @param what - completes the sentence "In time it did not happen that …"
 * @param options.withinMs - the deadline, where it is what the portal promises
 * @param options.everyMs - between two looks; more where a look is a request that is counted
 * @throws Error when the deadline passes first, with what was seen last
 */
export async function until(
  what: string,
  look: () => Look | Promise<Look>,
  {
    withinMs = patienceMs,
    everyMs = 50,
  }: { withinMs?: number; everyMs?: number } = {},
): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen === true) return;
    if (Date.now() > deadline) {
      throw new Error(
        `Within ${withinMs / 1000} s it did not happen that ${what}${
          seen ? `: ${seen}` : ''
        }`,
      );
    }
    await delay(everyMs);
  }
}
