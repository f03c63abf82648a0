/** Chance that comes out the same for the same seed, on every machine. */
export type Random = {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A number between the two. */
  between(from: number, to: number): number;
  /** A whole number from the first to the last, both included. */
  whole(first: number, last: number): number;
  /** Whether something of this probability happens. */
  happens(probability: number): boolean;
  /** One of them. */
  pick<T>(from: readonly T[]): T;
  /** How many events happen where this many are expected (Poisson). */
  count(expected: number): number;
  /** Around the median, with a long tail to the right, as durations of work are (log-normal). */
  around(median: number, spread?: number): number;
};

/** A 32-bit number out of a text (FNV-1a). */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) {
    value = Math.imul(value ^ character.codePointAt(0)!, 0x01000193);
  }
  return value >>> 0;
}

/** @param seed - any text; each service has its own, so that one service more changes no other */
export function seeded(seed: string): Random {
  let state = hash(seed);
  // Mulberry32: small, fast and even enough for a story.
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (from: number, to: number) => from + next() * (to - from);
  return {
    next,
    between,
    whole: (first, last) => Math.floor(between(first, last + 1)),
    happens: probability => next() < probability,
    pick: from => from[Math.floor(next() * from.length)],
    count(expected) {
      const limit = Math.exp(-expected);
      let events = 0;
      for (let product = next(); product > limit; product *= next())
        events += 1;
      return events;
    },
    around(median, spread = 0.6) {
      const normal =
        Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return median * Math.exp(spread * normal);
    },
  };
}
