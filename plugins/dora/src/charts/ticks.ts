import type { Metric } from '@waymark/plugin-dora-common';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** Steps that people count time in. */
const durations = [
  ...[10, 30],
  ...[1, 5, 10, 20, 30].map(n => n * minute),
  ...[1, 2, 4, 6, 12].map(n => n * hour),
  ...[1, 2, 4, 7, 14, 28, 56, 112, 224].map(n => n * day),
];

/** Steps that people count anything else in. */
const plain = [-3, -2, -1, 0, 1, 2, 3].flatMap(power =>
  [1, 2, 5].map(digit => digit * 10 ** power),
);

const most = 5;

/** Where an axis is marked: from zero to the largest value, in steps that people count in. */
export function ticksOf(unit: Metric['unit'], largest: number): number[] {
  const steps = unit === 'seconds' ? durations : plain;
  const step =
    steps.find(candidate => largest <= candidate * most) ?? largest / most;
  const marks = Math.max(1, Math.ceil(largest / step));
  return Array.from({ length: marks + 1 }, (_, index) =>
    Number((index * step).toPrecision(12)),
  );
}
