import type { DeliveredChange, Outcome } from '../attribution/model';
import { binOf } from '../attribution/bins';
import { Histogram } from './Histogram';
import { readVarints, VarintWriter } from './varints';

/** Where the clock of lead time may start, in the order histograms are stored. */
export const clocks = ['firstCommit', 'opened', 'merged'] as const;
export type Clock = (typeof clocks)[number];

const counters = [
  'succeeded',
  'attemptsFailed',
  'successesFailed',
  'rework',
  'delivered',
] as const;
type Counters = Record<(typeof counters)[number], number>;

/** The sums of a stretch of time. Sums of parts merge into the sum of the whole. */
export class Bucket implements Counters {
  /** Deployments that succeeded. */
  succeeded = 0;
  /** Deployments that ended in failure. */
  attemptsFailed = 0;
  /** Of those that succeeded, how many failed after all. */
  successesFailed = 0;
  /** Of those that succeeded, how many were unplanned. */
  rework = 0;
  /** Changes that were brought. */
  delivered = 0;
  /** Lead times by clock. What is in `delivered` and not here is not counted. */
  readonly leadTimes: Readonly<Record<Clock, Histogram>> = {
    firstCommit: new Histogram(),
    opened: new Histogram(),
    merged: new Histogram(),
  };

  addOutcome(outcome: Pick<Outcome, 'succeeded' | 'failed' | 'rework'>): void {
    if (outcome.succeeded) {
      this.succeeded += 1;
      if (outcome.failed) this.successesFailed += 1;
      if (outcome.rework) this.rework += 1;
    } else if (outcome.failed) {
      this.attemptsFailed += 1;
    }
  }

  addDelivered(change: DeliveredChange): void {
    this.delivered += 1;
    for (const clock of clocks) {
      const duration = leadTime(change, clock);
      if (duration !== undefined) this.leadTimes[clock].add(binOf(duration));
    }
  }

  merge(other: Bucket): void {
    for (const counter of counters) this[counter] += other[counter];
    for (const clock of clocks) {
      this.leadTimes[clock].merge(other.leadTimes[clock]);
    }
  }

  /** Whether it holds nothing, so that it need not be stored. */
  get isEmpty(): boolean {
    return counters.every(counter => this[counter] === 0);
  }

  /** The histogram of a clock: the number of bins, then for each how far it is from the bin before, and its count. */
  encodeHistogram(clock: Clock): Buffer {
    const writer = new VarintWriter();
    const entries = this.leadTimes[clock].entries();
    writer.write(entries.length);
    let before = 0;
    for (const [bin, count] of entries) {
      writer.write(bin - before);
      writer.write(count);
      before = bin;
    }
    return writer.toBuffer();
  }

  /** Adds what {@link encodeHistogram} wrote. */
  mergeHistogram(clock: Clock, encoded: Buffer): void {
    const histogram = this.leadTimes[clock];
    const next = readVarints(encoded);
    let bin = 0;
    for (let left = next(); left > 0; left -= 1) {
      bin += next();
      histogram.add(bin, next());
    }
  }
}

/**
 * The lead time of a change by a clock, in milliseconds; nothing when it does
 * not count: the clock's start is unknown, or the change was merged long
 * before the first deployment we know of.
 */
export function leadTime(
  change: DeliveredChange,
  clock: Clock,
): number | undefined {
  if (change.baseline) return undefined;
  switch (clock) {
    case 'firstCommit':
      return change.sinceFirstCommit;
    case 'opened':
      return change.sinceOpened;
    default:
      return change.sinceMerged;
  }
}
