import { InputError } from '@backstage/errors';
import type { GoalChange, NewGoal } from '@waymark/plugin-dora-common';
import { dayOf, requireDay } from './calendar';
import { durations, shares, type GoalTerms } from './Goal';

const furthestYears = 5;
const day = 86_400_000;

/** What is asked of a goal besides whose it is and where. */
type Wanted = Pick<
  GoalTerms,
  'metric' | 'percentile' | 'target' | 'start' | 'due'
>;

function requireTarget({ metric, target }: Wanted): void {
  if (shares.includes(metric) && target > 1) {
    throw new InputError(
      `target: ${metric} is a share from 0 to 1, and ${target} is more; 5 % is 0.05`,
    );
  }
  if (!shares.includes(metric) && target <= 0) {
    throw new InputError(
      `target: ${metric} is never ${target}; give ${
        durations.includes(metric) ? 'seconds' : 'deployments a day'
      } above 0`,
    );
  }
}

function requireDays({ start, due }: Wanted, now: number, timeZone: string) {
  requireDay(start, 'start');
  const today = dayOf(now, timeZone);
  if (start > today) {
    throw new InputError(
      `start: ${start} is still to come; progress is counted from today or an earlier day`,
    );
  }
  if (start < dayOf(now - furthestYears * 366 * day, timeZone)) {
    throw new InputError(
      `start: ${start} is more than ${furthestYears} years ago`,
    );
  }
  if (due === null) return;
  requireDay(due, 'due');
  if (due <= start) {
    throw new InputError(
      `due: ${due} is not after ${start}, the day from which progress is counted`,
    );
  }
  if (due > dayOf(now + furthestYears * 366 * day, timeZone)) {
    throw new InputError(
      `due: ${due} is more than ${furthestYears} years away`,
    );
  }
}

function requireSense(wanted: Wanted, now: number, timeZone: string): void {
  if (wanted.percentile !== null && !durations.includes(wanted.metric)) {
    throw new InputError(`percentile: ${wanted.metric} has none; leave it out`);
  }
  requireTarget(wanted);
  requireDays(wanted, now, timeZone);
}

/**
 * What a new goal asks for, with everything filled in that was left out.
 *
 * @throws InputError when it makes no sense
 */
export function newTerms(
  goal: NewGoal,
  options: { now: number; timeZone: string },
): Wanted {
  const { metric, target } = goal;
  const isDuration = durations.includes(metric);
  const wanted = {
    metric,
    target,
    percentile: goal.percentile ?? (isDuration ? 'p50' : null),
    start: goal.start ?? dayOf(options.now, options.timeZone),
    due: goal.due ?? null,
  } satisfies Wanted;
  requireSense(wanted, options.now, options.timeZone);
  if (
    wanted.due !== null &&
    wanted.due < dayOf(options.now, options.timeZone)
  ) {
    throw new InputError(`due: ${wanted.due} is over`);
  }
  return wanted;
}

/**
 * What a changed goal asks for.
 *
 * @throws InputError when it makes no sense
 */
export function changedTerms(
  before: GoalTerms,
  change: GoalChange,
  options: { now: number; timeZone: string },
): Wanted {
  const wanted = {
    metric: before.metric,
    percentile: before.percentile,
    target: change.target ?? before.target,
    start: change.start ?? before.start,
    due: change.due === undefined ? before.due : change.due,
  };
  requireSense(wanted, options.now, options.timeZone);
  return wanted;
}
