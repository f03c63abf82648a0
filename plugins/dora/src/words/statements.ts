import {
  amount,
  count,
  duration,
  figure,
  percent,
  valueText,
  type Band,
  type Definitions,
  type Measurement,
  type Metric,
  type MetricId,
} from '@waymark/plugin-dora-common';
import { metricWords } from './metrics';

/** How a band is shown: what it says, and how good it is. */
export type BandWords = {
  text: string;
  tone: 'best' | 'good' | 'fair' | 'poor';
  /** By whose measure. */
  scale: string;
};

const tierTones = {
  elite: 'best',
  high: 'good',
  medium: 'fair',
  low: 'poor',
} as const;

function scoreTone(score: number): BandWords['tone'] {
  if (score >= 8) return 'best';
  if (score >= 6) return 'good';
  return score >= 4 ? 'fair' : 'poor';
}

/** A band in words. */
export function bandWords(band: Band, unit: Metric['unit']): BandWords {
  if (band.tier) {
    return {
      text: band.label,
      tone: tierTones[band.tier],
      scale: `DORA's tiers of ${band.scale}`,
    };
  }
  if (band.score !== undefined) {
    return {
      text: `${figure(band.score)} of 10`,
      tone: scoreTone(band.score),
      scale: `DORA's scale of ${band.scale}`,
    };
  }
  const target =
    band.target === undefined ? '' : ` of ${valueText(unit, band.target)}`;
  return {
    text: band.met ? 'On target' : 'Off target',
    tone: band.met ? 'best' : 'poor',
    scale: `our own target${target}`,
  };
}

/** What a value was made of: "24 changes". */
export function sampleText(id: MetricId, measured: Measurement): string {
  const { n, counted = 0, open = 0, deploymentDaysPerWeek: days } = measured;
  switch (id) {
    case 'deploymentFrequency':
      return days === undefined
        ? count(n, 'deployment')
        : `${count(n, 'deployment')}, on ${amount(days, 'day')} a week`;
    case 'changeLeadTime':
      return count(n, 'change');
    case 'changeFailRate':
      return `${counted} of ${count(n, 'deployment')} failed`;
    case 'failedDeploymentRecoveryTime':
      return open > 0 ? `${n} recovered, ${open} still open` : `${n} recovered`;
    case 'deploymentReworkRate':
      return `${counted} of ${count(n, 'deployment')} repaired an earlier one`;
    default:
      throw new Error(`No such metric: ${id satisfies never}`);
  }
}

/** The spread of a duration in words, as nobody should have to know what p75 means. */
export function spreadText(measured: Measurement): string | undefined {
  if (!measured.percentiles) return undefined;
  const { p50, p75, p90 } = measured.percentiles;
  return `Half within ${duration(p50)}, three in four within ${duration(
    p75,
  )}, nine in ten within ${duration(p90)}`;
}

/** Why there is no judgement, when there is none. */
export function gapText(
  measured: Measurement,
  minimumSample: number,
): string | undefined {
  switch (measured.state) {
    case 'none':
      return measured.note ?? 'Nothing is known for this period.';
    case 'insufficient':
      return (
        measured.note ??
        `Too little to judge: ${measured.n} of ${minimumSample}.`
      );
    default:
      return undefined;
  }
}

/** How a metric moved against the period before. */
export type ChangeWords = {
  direction: 'up' | 'down' | 'same';
  isBetter: boolean | null;
  text: string;
};

/** A smaller movement is called none. */
const noticeable = 0.01;

/** The movement of a metric in words, when there is something to compare with. */
export function changeWords(metric: Metric): ChangeWords | undefined {
  const { change, previous, value, unit, better } = metric;
  if (previous.value === null || value === null) return undefined;
  const before = valueText(unit, previous.value);
  if (value === previous.value) {
    return { direction: 'same', isBetter: null, text: `As before: ${before}` };
  }
  if (change !== null && Math.abs(change) < noticeable) {
    return {
      direction: 'same',
      isBetter: null,
      text: `About as before: ${before}`,
    };
  }
  const direction = value > previous.value ? 'up' : 'down';
  const much = change === null ? '' : `${percent(Math.abs(change))} `;
  return {
    direction,
    isBetter: better,
    text: `${much}${direction === 'up' ? 'above' : 'below'} ${before} before`,
  };
}

/** The switches as they were set, in a sentence. */
export function definitionsText(definitions: Definitions): string {
  const { environment, timeZone, weekStart } = definitions;
  return `${environment} · weeks from ${
    weekStart[0].toUpperCase() + weekStart.slice(1)
  } in ${timeZone}`;
}

/** A metric and where it is measured, for headings and for ears. */
export function metricOf(id: MetricId, title: string): string {
  return `${metricWords[id].title}: ${title}`;
}
