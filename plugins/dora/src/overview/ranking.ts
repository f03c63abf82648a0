import {
  valueText,
  type Metric,
  type MetricsGroup,
} from '@waymark/plugin-dora-common';
import { metricIds, metricWords } from '../words/metrics';
import { bandWords } from '../words/statements';

/** Why a part stands in a list. */
export type Reason = { metric: Metric; text: string; weight: number };

/** A part of the organisation with the reasons for its place, the weightiest first. */
export type Ranked = { group: MetricsGroup; reasons: Reason[] };

/** A movement smaller than this is the noise of ordinary weeks. */
const noise = Math.log(1.1);

function movement(metric: Metric): number {
  const { value, previous } = metric;
  if (metric.state !== 'measured' || previous.state !== 'measured') return 0;
  if (!value || !previous.value) {
    // From or to zero there is no ratio; it counts as a halving does.
    return value === previous.value ? 0 : Math.LN2;
  }
  return Math.abs(Math.log(value / previous.value));
}

function fromTo(metric: Metric): string {
  const { unit, previous, value } = metric;
  return `${valueText(unit, previous.value ?? 0)} to ${valueText(
    unit,
    value ?? 0,
  )}`;
}

function improvement(metric: Metric): Reason[] {
  const weight = movement(metric);
  if (metric.better !== true || weight < noise) return [];
  return [
    {
      metric,
      weight,
      text: `${metricWords[metric.id].title} went from ${fromTo(metric)}`,
    },
  ];
}

function concern(metric: Metric): Reason[] {
  if (metric.state !== 'measured' || metric.value === null) return [];
  const { title } = metricWords[metric.id];
  const now = valueText(metric.unit, metric.value);
  const worse = metric.better === false ? movement(metric) : 0;
  const band = metric.band && bandWords(metric.band, metric.unit);
  const isPoor = band?.tone === 'poor';
  if (!isPoor && worse < noise) return [];
  const judged = isPoor
    ? `${title} is ${now}: ${band.text.toLowerCase()} by ${band.scale}`
    : '';
  const moved =
    worse >= noise ? `${title} worsened from ${fromTo(metric)}` : '';
  return [
    {
      metric,
      weight: (isPoor ? 1 : 0) + worse,
      text:
        isPoor && moved ? `${judged}, and worse than before` : judged || moved,
    },
  ];
}

function rank(
  groups: MetricsGroup[],
  reasonsOf: (metric: Metric) => Reason[],
): Ranked[] {
  const total = ({ reasons }: Ranked) =>
    reasons.reduce((sum, { weight }) => sum + weight, 0);
  return groups
    .map(group => ({
      group,
      reasons: metricIds
        .flatMap(id => reasonsOf(group.metrics[id]))
        .sort((a, b) => b.weight - a.weight),
    }))
    .filter(({ reasons }) => reasons.length > 0)
    .sort((a, b) => total(b) - total(a));
}

/** Who improved since the period before, most first. Only what was measured in both counts. */
export function whoImproved(groups: MetricsGroup[]): Ranked[] {
  return rank(groups, improvement);
}

/** Who needs help: judged poor, or worse than before. Too little data is no concern. */
export function whoNeedsHelp(groups: MetricsGroup[]): Ranked[] {
  return rank(groups, concern);
}
