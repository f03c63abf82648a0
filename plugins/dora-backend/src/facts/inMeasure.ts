/**
 * Keeps work that comes again and again within its share of the time: after a
 * turn that took long it is left out until the share is kept.
 *
 * @param work - one turn
 * @param share - of the time, from 0 to 1
 * @param now - a clock, in milliseconds
 * @returns does a turn where one is due, and nothing otherwise
 */
export function inMeasure(
  work: () => Promise<void>,
  share: number,
  now: () => number = () => performance.now(),
): () => Promise<void> {
  let dueAt = -Infinity;
  return async () => {
    const started = now();
    if (started < dueAt) return;
    await work();
    dueAt = started + (now() - started) / share;
  };
}
