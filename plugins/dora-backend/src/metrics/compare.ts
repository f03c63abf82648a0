import {
  metricUnits,
  type BandScale,
  type Measurement,
  type Metric,
  type MetricId,
  type Metrics,
} from '@waymark/plugin-dora-common';
import { bandOf, moreIsBetter, type Targets } from './bands';

/** Every metric, in the order people read them. */
export const metricIds = Object.keys(metricUnits) as MetricId[];

/** How much a value changed; nothing when either is too little to be compared. */
function changeOf(now: Measurement, before: Measurement): number | null {
  if (now.state !== 'measured' || before.state !== 'measured') return null;
  if (now.value === null || before.value === null) return null;
  if (now.value === before.value) return 0;
  return before.value === 0 ? null : now.value / before.value - 1;
}

/** Puts two periods side by side and judges the later one. */
export function compare(options: {
  now: Record<MetricId, Measurement>;
  before: Record<MetricId, Measurement>;
  scale: BandScale;
  targets: Targets;
  rowsOf: (metric: MetricId) => string;
}): Metrics {
  const { now, before, scale, targets, rowsOf } = options;
  const metricOf = (id: MetricId): Metric => {
    const change = changeOf(now[id], before[id]);
    const { state, value } = now[id];
    return {
      ...now[id],
      id,
      unit: metricUnits[id],
      // Too little is never judged.
      band:
        state === 'measured' && value !== null
          ? bandOf(id, value, scale, targets) ?? null
          : null,
      previous: before[id],
      change,
      better: change ? change > 0 === moreIsBetter(id) : null,
      rows: rowsOf(id),
    };
  };
  return Object.fromEntries(metricIds.map(id => [id, metricOf(id)])) as Metrics;
}
