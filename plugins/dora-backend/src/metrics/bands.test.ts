import type { BandScale, MetricId } from '@waymark/plugin-dora-common';
import { bandOf } from './bands';

const hour = 3600;
const day = 24 * hour;
const week = 7 * day;
const month = (365.25 / 12) * day;
const targets: Record<MetricId, number> = {
  deploymentFrequency: 2,
  changeLeadTime: hour,
  changeFailRate: 0.05,
  failedDeploymentRecoveryTime: hour,
  deploymentReworkRate: 0.1,
};
const judge = (metric: MetricId, value: number, scale: BandScale) =>
  bandOf(metric, value, scale, targets);
const less = (value: number) => value * 0.999;
const more = (value: number) => value * 1.001;

/** Each table of the reports, by the values at which one tier becomes the next. */
it.each([
  // More than once a day is on demand; once a day is the best of high.
  ['2021', 'deploymentFrequency', more(1), 'Elite'],
  ['2021', 'deploymentFrequency', 1, 'High'],
  ['2021', 'deploymentFrequency', day / month, 'High'],
  ['2021', 'deploymentFrequency', less(day / month), 'Medium'],
  ['2021', 'deploymentFrequency', day / (6 * month), 'Medium'],
  ['2021', 'deploymentFrequency', less(day / (6 * month)), 'Low'],
  ['2021', 'deploymentFrequency', 0, 'Low'],
  ['2021', 'changeLeadTime', less(hour), 'Elite'],
  ['2021', 'changeLeadTime', hour, 'High'],
  ['2021', 'changeLeadTime', less(week), 'High'],
  ['2021', 'changeLeadTime', week, 'Medium'],
  ['2021', 'changeLeadTime', less(6 * month), 'Medium'],
  ['2021', 'changeLeadTime', 6 * month, 'Low'],
  ['2021', 'changeFailRate', 0, 'Elite'],
  ['2021', 'changeFailRate', 0.15, 'Elite'],
  ['2021', 'changeFailRate', 0.2, 'High'],
  ['2021', 'changeFailRate', 0.3, 'Medium'],
  ['2021', 'changeFailRate', more(0.3), 'Low'],
  ['2021', 'failedDeploymentRecoveryTime', less(hour), 'Elite'],
  ['2021', 'failedDeploymentRecoveryTime', less(day), 'High'],
  ['2021', 'failedDeploymentRecoveryTime', less(week), 'Medium'],
  ['2021', 'failedDeploymentRecoveryTime', week, 'Low'],
  ['2023', 'deploymentFrequency', more(1), 'Elite'],
  ['2023', 'deploymentFrequency', day / week, 'High'],
  ['2023', 'deploymentFrequency', day / month, 'Medium'],
  ['2023', 'deploymentFrequency', less(day / month), 'Low'],
  ['2023', 'changeLeadTime', less(day), 'Elite'],
  ['2023', 'changeLeadTime', day, 'High'],
  ['2023', 'changeLeadTime', less(month), 'Medium'],
  ['2023', 'changeLeadTime', month, 'Low'],
  ['2023', 'changeFailRate', 0.05, 'Elite'],
  ['2023', 'changeFailRate', 0.1, 'High'],
  ['2023', 'changeFailRate', 0.15, 'Medium'],
  ['2023', 'changeFailRate', more(0.15), 'Low'],
] as const)('%s judges a %s of %d as %s', (scale, metric, value, label) => {
  expect(judge(metric, value, scale)).toMatchObject({ scale, label });
});

it('has no tier for rework rate, which is newer than the tiers', () => {
  expect(judge('deploymentReworkRate', 0, '2021')).toBeUndefined();
  expect(judge('deploymentReworkRate', 0, '2023')).toBeUndefined();
});

/** The answers of the Quick Check score (v − 1) / 5 · 10. */
it.each([
  ['changeLeadTime', more(6 * month), 0],
  ['changeLeadTime', less(6 * month), 2],
  ['changeLeadTime', less(month), 4],
  ['changeLeadTime', less(week), 6],
  ['changeLeadTime', less(day), 8],
  ['changeLeadTime', less(hour), 10],
  ['deploymentFrequency', 0, 0],
  ['deploymentFrequency', day / (6 * month), 2],
  ['deploymentFrequency', day / month, 4],
  ['deploymentFrequency', day / week, 6],
  ['deploymentFrequency', 1, 8],
  ['deploymentFrequency', 24, 10],
  ['failedDeploymentRecoveryTime', less(hour), 10],
  ['changeFailRate', 0, 10],
  ['changeFailRate', 0.19, 8.1],
  ['changeFailRate', 1, 0],
  ['deploymentReworkRate', 0.22, 7.8],
] as const)('2025 scores a %s of %d with %d', (metric, value, score) => {
  expect(judge(metric, value, '2025')).toEqual({
    scale: '2025',
    label: `${score} of 10`,
    score,
  });
});

it.each([
  ['deploymentFrequency', 2, true],
  ['deploymentFrequency', less(2), false],
  ['changeLeadTime', hour, true],
  ['changeLeadTime', more(hour), false],
  ['deploymentReworkRate', 0, true],
  ['deploymentReworkRate', more(0.1), false],
] as const)('the target of %s is met by %d: %s', (metric, value, met) => {
  expect(judge(metric, value, 'targets')).toEqual({
    scale: 'targets',
    label: met ? 'Target met' : 'Target missed',
    met,
    target: targets[metric],
  });
});
