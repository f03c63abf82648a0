import type { Goal, Metric, MetricId, Percentile } from './client';
import { valueText } from './numbers';

/** The field's word for each metric. */
export const metricTitles: Record<MetricId, string> = {
  deploymentFrequency: 'Deployment frequency',
  changeLeadTime: 'Change lead time',
  changeFailRate: 'Change fail rate',
  failedDeploymentRecoveryTime: 'Failed deployment recovery time',
  deploymentReworkRate: 'Deployment rework rate',
};

/** What each metric is counted in. */
export const metricUnits: Record<MetricId, Metric['unit']> = {
  deploymentFrequency: 'deploymentsPerDay',
  changeLeadTime: 'seconds',
  changeFailRate: 'share',
  failedDeploymentRecoveryTime: 'seconds',
  deploymentReworkRate: 'share',
};

/** What each percentile is, as nobody should have to know what p75 means. */
export const percentileTitles: Record<Percentile, string> = {
  p50: 'half of them',
  p75: 'three in four',
  p90: 'nine in ten',
};

/** What a goal is about and what it wants: `Change lead time (nine in ten) within 24 h`. */
export function goalText(
  goal: Pick<Goal, 'metric' | 'percentile' | 'target' | 'environment'>,
): string {
  const { metric, percentile, target, environment } = goal;
  const wanted = valueText(metricUnits[metric], target);
  const spread =
    percentile && percentile !== 'p50'
      ? ` (${percentileTitles[percentile]})`
      : '';
  return [
    `${metricTitles[metric]}${spread}`,
    metric === 'deploymentFrequency'
      ? `of at least ${wanted}`
      : `within ${wanted}`,
    ...(environment === 'production' ? [] : [`in ${environment}`]),
  ].join(' ');
}
