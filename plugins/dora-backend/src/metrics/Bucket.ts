import type { DeliveredChange, Outcome } from '../attribution/model';
import { binOf } from '../attribution/bins';
import { Histogram } from './Histogram';

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
