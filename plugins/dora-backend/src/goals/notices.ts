import { parseEntityRef } from '@backstage/catalog-model';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import {
  duration,
  goalText,
  metricTitles,
  metricUnits,
  valueText,
  type Goal,
  type GoalStatus,
  type Metric,
  type MetricsAnswer,
  type StagesAnswer,
} from '@waymark/plugin-dora-common';
import { DateTime } from 'luxon';
import { metricIds } from '../metrics/compare';
import type { GoalTerms, Side } from './Goal';

type Notice = NotificationSendOptions['payload'];

/** Where the delivery of a group is looked at. */
const pageOf = (entityRef: string, more: Record<string, string> = {}) =>
  `/dora/metrics?${new URLSearchParams({ entityRef, ...more })}`;

/**
 * Says that a metric crossed its goal.
 *
 * @param crossing - its number: told twice, it is one notification
 */
export function crossingNotice(options: {
  goal: GoalTerms & { id: string; title: string };
  side: Side;
  value: number;
  crossing: number;
}): Notice {
  const { goal, side, value, crossing } = options;
  const now = valueText(metricUnits[goal.metric], value);
  const title = metricTitles[goal.metric].toLowerCase();
  return {
    title:
      side === 'reached'
        ? `${goal.title} reached its goal for ${title}`
        : `${goal.title} is no longer at its goal for ${title}`,
    description: `It is ${now} over the last four weeks. The goal: ${goalText(
      goal,
    )}.`,
    link: pageOf(
      goal.entityRef,
      goal.environment === 'production'
        ? {}
        : { environment: goal.environment },
    ),
    severity: side === 'reached' ? 'normal' : 'high',
    topic: 'Delivery goals',
    scope: `dora-goal-${goal.id}-${crossing}`,
  };
}

function metricLine(metric: Metric): string | undefined {
  const { id, unit, value, state, previous, better } = metric;
  if (state === 'none' || value === null) return undefined;
  const title = metricTitles[id];
  if (state === 'insufficient') {
    return `${title}: ${valueText(unit, value)}, too little to judge.`;
  }
  if (previous.state !== 'measured' || previous.value === null) {
    return `${title}: ${valueText(unit, value)}.`;
  }
  const before = valueText(unit, previous.value);
  if (better === null) return `${title}: ${valueText(unit, value)}, as before.`;
  return `${title}: ${valueText(unit, value)}, ${
    better ? 'better' : 'worse'
  } than ${before} the week before.`;
}

const statusWords: Record<GoalStatus, string> = {
  reached: 'reached',
  onTrack: 'on track',
  offTrack: 'off track',
  insufficient: 'too little to judge',
  none: 'no data',
};

function goalsLine(goals: Goal[]): string | undefined {
  if (goals.length === 0) return undefined;
  const said = goals.map(
    goal => `${goalText(goal)} (${statusWords[goal.progress.status]})`,
  );
  return `Goals: ${said.join('; ')}.`;
}

function waitLine({ waiting, longest }: StagesAnswer): string | undefined {
  const [now] = waiting.items;
  const nameOf = (ref: string) => parseEntityRef(ref).name;
  if (now) {
    return `Waits longest for its deployment: "${now.title}" of ${nameOf(
      now.service,
    )}, for ${duration(now.seconds)}.`;
  }
  const [past] = longest;
  return past
    ? `Longest wait: "${past.title}" of ${nameOf(past.service)}, ${duration(
        past.seconds,
      )}.`
    : undefined;
}

/**
 * What a group delivered in a week, beside the week before.
 *
 * @param options.week - its first and last day
 * @returns nothing when nothing is known of the week
 */
export function digestNotice(options: {
  metrics: MetricsAnswer;
  goals: Goal[];
  stages: StagesAnswer;
  week: { first: string; last: string };
}): Notice | undefined {
  const { metrics, goals, stages, week } = options;
  const lines = metricIds.flatMap(id => metricLine(metrics.metrics[id]) ?? []);
  if (lines.length === 0) return undefined;
  const { entityRef = '', title } = metrics.scope;
  return {
    title: `${title} delivered: the week of ${DateTime.fromISO(
      week.first,
    ).toFormat('d LLLL yyyy')}`,
    description: [...lines, goalsLine(goals), waitLine(stages)]
      .filter(Boolean)
      .join(' '),
    link: pageOf(entityRef, {
      period: 'custom',
      first: week.first,
      last: week.last,
    }),
    severity: 'low',
    topic: 'Weekly delivery digest',
    scope: `dora-digest-${entityRef}-${week.first}`,
  };
}
