import {
  dayOf,
  type Conclusions,
  type TouchedDay,
} from '../attribution/ConclusionStore';
import { Bucket } from './Bucket';
import { monthOf, type StoredBucket } from './BucketStore';
import { levels } from './levels';

const dayLength = 86_400_000;

function nextMonth(instant: number): number {
  const at = new Date(instant);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1);
}

/** Names the days of instants; printing a date takes longer than everything else here. */
function daysByName(): (instant: number) => string {
  const names = new Map<number, string>();
  return instant => {
    const number = Math.floor(instant / dayLength);
    let name = names.get(number);
    if (name === undefined) {
      name = dayOf(instant);
      names.set(number, name);
    }
    return name;
  };
}

/**
 * The sums by day and month of one component that changed.
 *
 * @param touched - the days in which anything changed; the sums of the others stay as they are
 */
export function placeBuckets(
  { outcomes, delivered }: Conclusions,
  touched: TouchedDay[],
): StoredBucket[] {
  if (touched.length === 0) return [];
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
  // Most of a long history is in other months than those that changed.
  const months = touched.map(({ day }) => Date.parse(monthOf(day)));
  const since = months.reduce((a, b) => Math.min(a, b));
  const until = nextMonth(months.reduce((a, b) => Math.max(a, b)));
  const nameOf = daysByName();
  const into = (
    conclusion: { placement: number; environment: number; at: number },
    add: (bucket: Bucket) => void,
  ) => {
    const { placement, environment, at } = conclusion;
    if (at < since || at >= until) return;
    for (const { grain, startsOn } of keysOf(
      placement,
      environment,
      nameOf(at),
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
