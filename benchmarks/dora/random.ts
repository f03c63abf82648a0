/** Random numbers that are the same for the same seed (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to 1, 1 not included. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number below the limit. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  /** Skewed as durations are: half are above the median, few far above. */
  duration(medianMs: number, spread: number): number {
    return Math.round(medianMs * Math.exp(spread * this.normal()));
  }

  /** As chance has it: 0 in the middle, with a standard deviation of 1. */
  normal(): number {
    return (
      Math.sqrt(-2 * Math.log(1 - this.next())) *
      Math.cos(2 * Math.PI * this.next())
    );
  }

  /** The id of a commit. */
  sha(): string {
    let text = '';
    while (text.length < 40) {
      text += this.below(2 ** 32)
        .toString(16)
        .padStart(8, '0');
    }
    return text;
  }
}
