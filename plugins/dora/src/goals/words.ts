import type { GoalStatus, MetricId } from '@waymark/plugin-dora-common';
import {
  RiCheckDoubleLine,
  RiArrowRightUpLine,
  RiErrorWarningLine,
  RiQuestionLine,
  type RemixiconComponentType,
} from '@remixicon/react';

type StatusWords = {
  text: string;
  tone: 'positive' | 'negative' | 'info' | 'plain';
  Icon: RemixiconComponentType;
};

/** How the status of a goal is shown. */
export const statusWords: Record<GoalStatus, StatusWords> = {
  reached: { text: 'Reached', tone: 'positive', Icon: RiCheckDoubleLine },
  onTrack: { text: 'On track', tone: 'info', Icon: RiArrowRightUpLine },
  offTrack: { text: 'Off track', tone: 'negative', Icon: RiErrorWarningLine },
  insufficient: {
    text: 'Too little to judge',
    tone: 'plain',
    Icon: RiQuestionLine,
  },
  none: { text: 'No data', tone: 'plain', Icon: RiQuestionLine },
};

/** A unit in which people write a target, and how much of the portal's own it is. */
export type TargetUnit = { id: string; label: string; factor: number };

const durationUnits: TargetUnit[] = [
  { id: 'hours', label: 'hours', factor: 3600 },
  { id: 'minutes', label: 'minutes', factor: 60 },
  { id: 'days', label: 'days', factor: 86_400 },
];

/** In which units the target of a metric can be written, the usual one first. */
export const targetUnits: Record<MetricId, TargetUnit[]> = {
  deploymentFrequency: [
    { id: 'week', label: 'a week', factor: 1 / 7 },
    { id: 'day', label: 'a day', factor: 1 },
    { id: 'month', label: 'a month', factor: 1 / 30.4375 },
  ],
  changeLeadTime: durationUnits,
  failedDeploymentRecoveryTime: durationUnits,
  changeFailRate: [{ id: 'percent', label: '%', factor: 0.01 }],
  deploymentReworkRate: [{ id: 'percent', label: '%', factor: 0.01 }],
};

/** The largest unit in which a target is a short number. */
export function unitFor(metric: MetricId, target: number): TargetUnit {
  const units = targetUnits[metric];
  const short = units
    .filter(({ factor }) => Number.isInteger(asWritten(target, factor) * 10))
    .sort((a, b) => b.factor - a.factor);
  return short.find(({ factor }) => target / factor >= 1) ?? units[0];
}

/** A target as it is written in a unit, without the dust of binary fractions. */
export function asWritten(target: number, factor: number): number {
  return Number((target / factor).toPrecision(12));
}
