import type { Interval } from './period';

/**
 * Time cut wherever one of some periods begins or ends, so that each period is
 * a row of segments. What happened is then told only the segment it lies in,
 * and periods that touch or overlap are put together from one reading.
 */
export class Segments {
  /** Where they begin and end, ascending, in milliseconds. */
  readonly #borders: readonly number[];
  readonly #position: Map<number, number>;

  /** @param intervals - at least one */
  constructor(intervals: Interval[]) {
    this.#borders = [
      ...new Set(intervals.flatMap(({ from, to }) => [from, to])),
    ].sort((a, b) => a - b);
    this.#position = new Map(
      this.#borders.map((border, index) => [border, index]),
    );
  }

  /** Beginnings and ends of all, for SQL. */
  bindings(): { starts: string[]; ends: string[] } {
    const borders = this.#borders.map(border => new Date(border).toISOString());
    return { starts: borders.slice(0, -1), ends: borders.slice(1) };
  }

  /** The segments of one of the periods, by number from 1 on. */
  within({ from, to }: Interval): number[] {
    const first = this.#position.get(from)! + 1;
    const end = this.#position.get(to)! + 1;
    return Array.from(
      { length: Math.max(0, end - first) },
      (_, index) => first + index,
    );
  }
}
