import type { Band, BandScale, MetricId } from '@waymark/plugin-dora-common';

/** What the organisation wants: seconds, deployments a day, shares from 0 to 1. */
export type Targets = Record<MetricId, number>;

const hour = 3600;
const day = 24 * hour;
const week = 7 * day;
/** A twelfth of a year. */
const month = (365.25 / 12) * day;

type Tier = NonNullable<Band['tier']>;
const tiers: Tier[] = ['elite', 'high', 'medium'];
const labels: Record<Tier, string> = {
  elite: 'Elite',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

/** The worst values that still are elite, high and medium; beyond is low. */
type Limits = { limits: [number, number, number]; inclusive: boolean };

const more = (limits: [number, number, number]): Limits => ({
  limits,
  inclusive: true,
});
const below = (limits: [number, number, number]): Limits => ({
  limits,
  inclusive: false,
});

/**
 * The tiers of the Accelerate State of DevOps reports of 2021 and 2023, from
 * dora.dev. "On demand" is more than once a day. Rework rate has no tiers:
 * it is newer than they are.
 */
const tierTables: Record<'2021' | '2023', Partial<Record<MetricId, Limits>>> = {
  '2021': {
    deploymentFrequency: more([1, day / month, day / (6 * month)]),
    changeLeadTime: below([hour, week, 6 * month]),
    changeFailRate: more([0.15, 0.2, 0.3]),
    failedDeploymentRecoveryTime: below([hour, day, week]),
  },
  '2023': {
    deploymentFrequency: more([1, day / week, day / month]),
    changeLeadTime: below([day, week, month]),
    changeFailRate: more([0.05, 0.1, 0.15]),
    failedDeploymentRecoveryTime: below([hour, day, week]),
  },
};

/** Of deployment frequency more is better, of everything else less. */
export const moreIsBetter = (metric: MetricId): boolean =>
  metric === 'deploymentFrequency';

function tierOf(metric: MetricId, value: number, table: Limits): Tier {
  const reaches = (limit: number, elite: boolean) => {
    if (moreIsBetter(metric)) {
      // More than once a day is on demand; once a day is not.
      return elite ? value > limit : value >= limit;
    }
    return table.inclusive ? value <= limit : value < limit;
  };
  return (
    tiers.find((tier, index) =>
      reaches(table.limits[index], tier === 'elite'),
    ) ?? 'low'
  );
}

/**
 * The answers of the DORA Quick Check of 2025, from worst to best: the values
 * at which the next better answer begins.
 */
const answers2025: Partial<Record<MetricId, number[]>> = {
  changeLeadTime: [6 * month, month, week, day, hour],
  failedDeploymentRecoveryTime: [6 * month, month, week, day, hour],
  deploymentFrequency: [day / (6 * month), day / month, day / week, 1, 24],
};

function score2025(metric: MetricId, value: number): number {
  const steps = answers2025[metric];
  // Percentages score 10 − v / 10.
  if (!steps) return Math.max(0, 10 - value * 10);
  const answer =
    1 +
    steps.filter(step => (moreIsBetter(metric) ? value >= step : value <= step))
      .length;
  return ((answer - 1) / 5) * 10;
}

/**
 * How a measured value is judged.
 *
 * @param value - seconds, deployments a day, or a share from 0 to 1
 * @returns undefined when the scale has no judgement of the metric
 */
export function bandOf(
  metric: MetricId,
  value: number,
  scale: BandScale,
  targets: Targets,
): Band | undefined {
  if (scale === 'targets') {
    const target = targets[metric];
    const met = moreIsBetter(metric) ? value >= target : value <= target;
    return { scale, label: met ? 'Target met' : 'Target missed', met, target };
  }
  if (scale === '2025') {
    const score = Math.round(score2025(metric, value) * 10) / 10;
    return { scale, label: `${score} of 10`, score };
  }
  const table = tierTables[scale][metric];
  if (!table) return undefined;
  const tier = tierOf(metric, value, table);
  return { scale, label: labels[tier], tier };
}
