import { metricTitles, type MetricId } from '@waymark/plugin-dora-common';

/** The five metrics in the order they are read: throughput first, then instability. */
export const metricIds: MetricId[] = [
  'deploymentFrequency',
  'changeLeadTime',
  'changeFailRate',
  'failedDeploymentRecoveryTime',
  'deploymentReworkRate',
];

/** How a metric is spoken of. */
export type MetricWords = {
  title: string;
  /** For headings of narrow columns. */
  short: string;
  /** The question it answers. */
  question: string;
  isHigherBetter: boolean;
};

/** The field's words for each metric. */
export const metricWords: Record<MetricId, MetricWords> = {
  deploymentFrequency: {
    title: metricTitles.deploymentFrequency,
    short: 'Frequency',
    question: 'How often does work reach people?',
    isHigherBetter: true,
  },
  changeLeadTime: {
    title: metricTitles.changeLeadTime,
    short: 'Lead time',
    question: 'How long does a change take to reach people?',
    isHigherBetter: false,
  },
  changeFailRate: {
    title: metricTitles.changeFailRate,
    short: 'Fail rate',
    question: 'How many deployments need somebody at once?',
    isHigherBetter: false,
  },
  failedDeploymentRecoveryTime: {
    title: metricTitles.failedDeploymentRecoveryTime,
    short: 'Recovery',
    question: 'How long until a failed deployment is put right?',
    isHigherBetter: false,
  },
  deploymentReworkRate: {
    title: metricTitles.deploymentReworkRate,
    short: 'Rework',
    question: 'How many deployments only repair an earlier one?',
    isHigherBetter: false,
  },
};

/** The metric that a text names. */
export function metricIdOf(text: string | null): MetricId | undefined {
  return metricIds.find(id => id === text);
}
