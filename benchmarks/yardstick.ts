import { median } from './statistics.ts';

const records = Array.from({ length: 100_000 }, (_, index) => ({
  id: index,
  name: `record ${index}`,
  values: [index / 3, index / 7],
}));

/**
 * How long this machine takes for work that is always the same: records through
 * JSON and back, in milliseconds, the middle of nine. Machines in the cloud are
 * fast on one day and slow on another; figures of two days are compared by it.
 */
export function yardstick(): number {
  const samples = Array.from({ length: 9 }, () => {
    const started = performance.now();
    JSON.parse(JSON.stringify(records));
    return performance.now() - started;
  });
  return median(samples);
}
