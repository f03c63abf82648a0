import { lastBin } from '../attribution/bins';
import { VarintWriter } from './varints';

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
    if (other.#all) {
      const into = this.#all ?? this.#spread();
      this.#size += other.#size;
      other.#all.forEach((count, bin) => {
        into[bin] += count;
      });
    } else {
      for (const [bin, count] of other.#few) this.add(bin, count);
    }
  }

  /** The bins that hold something, from the shortest durations to the longest. */
  entries(): Entry[] {
    if (!this.#all) return [...this.#few].sort(([a], [b]) => a - b);
    const all = this.#all;
    const entries: Entry[] = [];
    for (let bin = 0; bin < all.length; bin += 1) {
      if (all[bin] > 0) entries.push([bin, all[bin]]);
    }
    return entries;
  }

  /** The number of bins, then for each how far it is from the bin before, and its count. */
  encode(): Buffer {
    const writer = new VarintWriter();
    const entries = this.entries();
    writer.write(entries.length);
    let before = 0;
    for (const [bin, count] of entries) {
      writer.write(bin - before);
      writer.write(count);
      before = bin;
    }
    return writer.toBuffer();
  }

  /** Adds what {@link encode} wrote, one histogram or several one after the other. */
  mergeEncoded(bytes: Uint8Array): void {
    // This is most of what an answer costs here, so it is one plain loop.
    const into =
      this.#all ?? (bytes.length > 2 * fewBins ? this.#spread() : undefined);
    let left = 0;
    let bin = 0;
    let field = 0;
    let value = 0;
    let scale = 1;
    let size = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte >= 0x80) {
        value += (byte - 0x80) * scale;
        scale *= 0x80;
        continue;
      }
      value += byte * scale;
      scale = 1;
      if (left === 0) {
        left = value;
        bin = 0;
      } else if (field === 0) {
        bin += value;
        field = 1;
      } else {
        if (into) {
          into[bin] += value;
          size += value;
        } else {
          this.add(bin, value);
        }
        field = 0;
        left -= 1;
      }
      value = 0;
    }
    this.#size += size;
  }

  /**
   * In which bin each of some ranks lies, and which rank it has there.
   *
   * @param ranks - 1 for the shortest, in ascending order
   * @throws RangeError when there are fewer durations
   */
  locate(ranks: number[]): { bin: number; rank: number }[] {
    const found: { bin: number; rank: number }[] = [];
    let before = 0;
    const pass = (bin: number, count: number) => {
      while (
        found.length < ranks.length &&
        ranks[found.length] <= before + count
      ) {
        found.push({ bin, rank: ranks[found.length] - before });
      }
      before += count;
    };
    const all = this.#all;
    if (all) {
      // An answer about many parts does this hundreds of times: no entries are made for it.
      for (
        let bin = 0;
        bin < all.length && found.length < ranks.length;
        bin += 1
      ) {
        if (all[bin] > 0) pass(bin, all[bin]);
      }
    } else {
      for (const [bin, count] of this.entries()) pass(bin, count);
    }
    if (found.length < ranks.length) {
      throw new RangeError(
        `Rank ${ranks[found.length]} of ${this.#size} durations`,
      );
    }
    return found;
  }

  #spread(): Uint32Array {
    const all = new Uint32Array(lastBin + 1);
    for (const [bin, count] of this.#few) all[bin] = count;
    this.#few.clear();
    this.#all = all;
    return all;
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
