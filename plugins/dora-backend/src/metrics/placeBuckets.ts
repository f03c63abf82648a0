import {
  dayOf,
  type Conclusions,
  type TouchedDay,
} from '../attribution/ConclusionStore';
import { Bucket } from './Bucket';
import { monthOf, type StoredBucket } from './BucketStore';
import { levels } from './levels';

/**
 * The sums by day and month of one component that changed.
 *
 * @param touched - the days in which anything changed; the sums of the others stay as they are
 */
export function placeBuckets(
  { outcomes, delivered }: Conclusions,
  touched: TouchedDay[],
): StoredBucket[] {
  const buckets = new Map<string, StoredBucket>();
  const keysOf = (placement: number, environment: number, day: string) =>
    [
      { grain: 'd' as const, startsOn: day },
      { grain: 'm' as const, startsOn: monthOf(day) },
    ].map(time => ({ placement, environment, ...time }));

  for (const { placement, environment, day } of touched) {
    for (const { grain, startsOn } of keysOf(placement, environment, day)) {
      buckets.set([placement, environment, grain, startsOn].join(), {
        level: levels.placement,
        scope: placement,
        environment,
        grain,
        startsOn,
        bucket: new Bucket(),
      });
    }
  }
  const into = (
    conclusion: { placement: number; environment: number; at: number },
    add: (bucket: Bucket) => void,
  ) => {
    const { placement, environment, at } = conclusion;
    for (const { grain, startsOn } of keysOf(
      placement,
      environment,
      dayOf(at),
    )) {
      const found = buckets.get(
        [placement, environment, grain, startsOn].join(),
      );
      if (found) add(found.bucket);
    }
  };
  for (const outcome of outcomes) {
    into(outcome, bucket => bucket.addOutcome(outcome));
  }
  for (const change of delivered) {
    into(change, bucket => bucket.addDelivered(change));
  }
  return [...buckets.values()];
}
