import type { Goal, MetricId } from '@waymark/plugin-dora-common';

/** What a group wants: everything that a person decided about a goal. */
export type GoalTerms = Pick<
  Goal,
  | 'entityRef'
  | 'metric'
  | 'percentile'
  | 'target'
  | 'environment'
  | 'start'
  | 'due'
>;

/** On which side of its target a metric is. */
export type Side = 'reached' | 'missed';

/** A goal as it is kept. */
export type StoredGoal = GoalTerms & {
  id: string;
  /** The name of the group, as the catalog has it. */
  title: string;
  environmentId: number;
  setBy: string;
  setAt: Date;
  changedBy: string | null;
  changedAt: Date | null;
  endedBy: string | null;
  endedAt: Date | null;
  /** On which side it was last seen. */
  side: Side | null;
};

/** How many days a value is measured over: four whole weeks, so that weekends weigh the same. */
export const windowDays = 28;

/** Metrics of which a percentile is meant. */
export const durations: readonly MetricId[] = [
  'changeLeadTime',
  'failedDeploymentRecoveryTime',
];

/** Metrics that are shares from 0 to 1. */
export const shares: readonly MetricId[] = [
  'changeFailRate',
  'deploymentReworkRate',
];

/** The terms of a goal without where it stands, for what is written down of it. */
export function termsOf(goal: GoalTerms): GoalTerms {
  const { entityRef, metric, percentile, target, environment, start, due } =
    goal;
  return { entityRef, metric, percentile, target, environment, start, due };
}
