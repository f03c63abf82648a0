import type {
  GoalProgress,
  GoalValue,
  MetricId,
} from '@waymark/plugin-dora-common';
import { moreIsBetter } from '../metrics/bands';
import { beginOf, endOf } from './calendar';
import type { GoalTerms } from './Goal';

/** Whether a value is at the target or better. */
export function isReached(
  metric: MetricId,
  value: number,
  target: number,
): boolean {
  return moreIsBetter(metric) ? value >= target : value <= target;
}

/** How much of the way is done; nothing when there was no way to go. */
function shareOf(start: number, now: number, target: number): number | null {
  return start === target
    ? null
    : Math.min(1, (now - start) / (target - start));
}

const measuredOf = ({ state, value }: GoalValue): number | null =>
  state === 'measured' ? value : null;

/**
 * How far a goal has come: by the values alone where they are enough to say
 * so, and said to be too little or nothing where they are not.
 *
 * @param options.now - the instant at which `values.now` was measured
 */
export function progressOf(
  goal: GoalTerms,
  values: { start: GoalValue; now: GoalValue },
  options: { now: number; timeZone: string },
): GoalProgress {
  const { metric, target, due } = goal;
  const began = beginOf(goal.start, options.timeZone);
  const ends = due === null ? undefined : endOf(due, options.timeZone);
  const expected =
    ends === undefined
      ? null
      : Math.min(1, Math.max(0, (options.now - began) / (ends - began)));
  const isOver = ends !== undefined && options.now >= ends;
  const now = measuredOf(values.now);
  const start = measuredOf(values.start);
  const progress = (
    status: GoalProgress['status'],
    share: number | null,
    note: string,
  ): GoalProgress => ({ ...values, status, share, expected, note });

  if (now === null) {
    return values.now.state === 'none'
      ? progress('none', null, 'Nothing is known of the last weeks')
      : progress(
          'insufficient',
          null,
          `Too little to judge in the last weeks: ${values.now.n}`,
        );
  }
  if (isReached(metric, now, target)) {
    return progress('reached', 1, 'It is at its target or better');
  }
  if (isOver) {
    return progress(
      'offTrack',
      start === null ? null : shareOf(start, now, target),
      'Its due day is over',
    );
  }
  if (start === null) {
    return progress(
      values.start.state === 'none' ? 'none' : 'insufficient',
      null,
      values.start.state === 'none'
        ? 'Nothing is known of the time before it began, so nobody can say how far it has come'
        : `There was too little before it began to say how far it has come: ${values.start.n}`,
    );
  }
  if (isReached(metric, start, target)) {
    return progress('offTrack', 0, 'It was at its target, and is no longer');
  }
  const share = shareOf(start, now, target) ?? 0;
  if (expected === null) {
    return share > 0
      ? progress('onTrack', share, 'It has come nearer since it began')
      : progress('offTrack', share, 'It has not come nearer since it began');
  }
  return share >= expected
    ? progress('onTrack', share, 'It has come as far as time has')
    : progress('offTrack', share, 'Time has come farther than the metric');
}
