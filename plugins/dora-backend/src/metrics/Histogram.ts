import { lastBin } from '../attribution/bins';

/** From so many bins on, an array of all is smaller and faster than a map. */
const fewBins = 64;

/** A bin of `bins.ts` and how many durations fell into it. */
type Entry = [bin: number, count: number];

/**
 * How many durations fell into each bin. Histograms of parts add up to the
 * histogram of the whole, which percentiles do not.
 */
export class Histogram {
  /** Few bins by number; many as an array of all, which adds up faster. */
  readonly #few = new Map<number, number>();
  #all: Uint32Array | undefined;
  #size = 0;

  /** The number of durations. */
  get size(): number {
    return this.#size;
  }

  /** Adds durations of one bin. */
  add(bin: number, count = 1): void {
    this.#size += count;
    if (this.#all) {
      this.#all[bin] += count;
      return;
    }
    this.#few.set(bin, (this.#few.get(bin) ?? 0) + count);
    if (this.#few.size > fewBins) this.#spread();
  }

  /** Adds all of another histogram. */
  merge(other: Histogram): void {
    for (const [bin, count] of other.entries()) this.add(bin, count);
  }

  /** The bins that hold something, from the shortest durations to the longest. */
  entries(): Entry[] {
    if (!this.#all) return [...this.#few].sort(([a], [b]) => a - b);
    const entries: Entry[] = [];
    this.#all.forEach((count, bin) => {
      if (count > 0) entries.push([bin, count]);
    });
    return entries;
  }

  #spread(): void {
    this.#all = new Uint32Array(lastBin + 1);
    for (const [bin, count] of this.#few) this.#all[bin] = count;
    this.#few.clear();
  }
}

/**
 * The rank of a percentile by nearest rank: the smallest duration that at
 * least that share of them is not above. In whole numbers, so that no
 * rounding moves it.
 *
 * @param percent - from 1 to 100
 * @param size - how many there are, at least 1
 * @returns 1 for the shortest
 */
export function nearestRank(percent: number, size: number): number {
  return Math.max(1, Math.ceil((percent * size) / 100));
}

/** In which bin each of some ranks lies, and which rank it has there. */
export function locateRanks(
  histogram: Histogram,
  ranks: number[],
): { bin: number; rank: number }[] {
  const entries = histogram.entries();
  return ranks.map(rank => {
    let left = rank;
    for (const [bin, count] of entries) {
      if (left <= count) return { bin, rank: left };
      left -= count;
    }
    throw new RangeError(`Rank ${rank} of ${histogram.size} durations`);
  });
}
