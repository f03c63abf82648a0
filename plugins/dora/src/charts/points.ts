import {
  valueText,
  type MetricId,
  type Metric,
  type MetricsGroup,
  type Percentiles,
} from '@waymark/plugin-dora-common';
import { periodText, shortDay } from '@waymark/plugin-parts-react';
import { isCalendarDay } from '../view/periods';
import { sampleText } from '../words/statements';

/** One step of a trend. */
export type Point = {
  key: string;
  title: string;
  /** The days it stands for, in words. */
  days: string;
  state: Metric['state'];
  /** Null where nothing is known: a gap, and no zero. */
  value: number | null;
  text: string;
  sample: string;
  percentiles: Percentiles | null;
};

/** The trend of one metric from metrics grouped by time. */
export function pointsOf(
  id: MetricId,
  groups: MetricsGroup[],
  timeZone?: string,
): Point[] {
  return groups.map(({ key, title, period, metrics }) => {
    const metric = metrics[id];
    const value = metric.state === 'none' ? null : metric.value;
    return {
      key,
      title: isCalendarDay(key) ? shortDay(key) : title,
      days: period ? periodText(period, timeZone) : title,
      state: metric.state,
      value,
      text: value === null ? 'nothing known' : valueText(metric.unit, value),
      sample: value === null ? '' : sampleText(id, metric),
      percentiles: metric.percentiles,
    };
  });
}

/** A trend in one sentence, for those who do not see the line. */
export function trendText(points: Point[], step: string): string {
  const known = points.filter(point => point.value !== null);
  if (known.length === 0) return `Trend by ${step}: nothing known`;
  const first = known[0];
  const last = known[known.length - 1];
  const gaps = points.length - known.length;
  return [
    `Trend by ${step}: from ${first.text} (${first.title}) to ${last.text} (${last.title})`,
    gaps > 0 ? `, ${gaps} of ${points.length} without data` : '',
  ].join('');
}
