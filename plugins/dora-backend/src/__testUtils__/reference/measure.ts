import type { Conclusion, Reference } from './conclude';

export type ReferenceSwitches = {
  environment: number;
  leadTimeClock: 'firstCommit' | 'opened' | 'merged';
  recoveryClock: 'deployment' | 'incident';
  failedAttempts: 'count' | 'ignore';
  /** Fewer rows than this are too few. */
  minimumSample: number;
};

export type ReferenceMetric = {
  state: 'measured' | 'insufficient' | 'none';
  n: number;
  value: number | null;
  counted?: number;
  open?: number;
  excluded?: number;
  percentiles: { p50: number; p75: number; p90: number } | null;
};

/** The percentile by nearest rank, in seconds. */
function percentile(sorted: number[], percent: number): number {
  const atMost = (value: number) =>
    sorted.filter(other => other <= value).length;
  return (
    sorted.find(value => atMost(value) * 100 >= percent * sorted.length)! / 1000
  );
}

const percentilesOf = (durations: number[]) => {
  const sorted = [...durations].sort((a, b) => a - b);
  return sorted.length === 0
    ? null
    : {
        p50: percentile(sorted, 50),
        p75: percentile(sorted, 75),
        p90: percentile(sorted, 90),
      };
};

/**
 * The five metrics of some components, from every single conclusion.
 *
 * @param isIn - whether an instant belongs to the period
 * @param ended - the end of the period
 */
export function measureReference(
  components: Reference[],
  period: { isIn: (instant: number) => boolean; ended: number; days: number },
  switches: ReferenceSwitches,
): Record<string, ReferenceMetric> {
  const here = <T extends { environment: number }>({ environment }: T) =>
    environment === switches.environment;
  const everything = components
    .flatMap(({ conclusions }) => conclusions)
    .filter(here);
  const conclusions = everything.filter(({ at }) => period.isIn(at));
  const delivered = components
    .flatMap(({ deliveries }) => deliveries)
    .filter(here)
    .filter(({ at }) => period.isIn(at));
  const known = everything.some(
    ({ at, succeeded }) => succeeded && at < period.ended,
  );

  const state = (n: number) =>
    n < switches.minimumSample ? 'insufficient' : 'measured';
  const none = { state: 'none', n: 0, value: null, percentiles: null } as const;
  const share = (
    all: Conclusion[],
    counts: (conclusion: Conclusion) => boolean,
  ): ReferenceMetric => {
    const counted = all.filter(counts).length;
    return all.length === 0
      ? none
      : {
          state: state(all.length),
          n: all.length,
          value: counted / all.length,
          counted,
          percentiles: null,
        };
  };
  const durations = (values: number[], more: object): ReferenceMetric => {
    const percentiles = percentilesOf(values);
    return percentiles
      ? {
          state: state(values.length),
          n: values.length,
          value: percentiles.p50,
          percentiles,
          ...more,
        }
      : { ...none, ...more };
  };

  const successes = conclusions.filter(({ succeeded }) => succeeded);
  const attempts = conclusions.filter(
    ({ succeeded, failed }) =>
      succeeded || (failed && switches.failedAttempts === 'count'),
  );
  const failures = attempts.filter(({ failed }) => failed);
  const leadTimes = delivered.flatMap(delivery => {
    const since = {
      firstCommit: delivery.sinceFirstCommit,
      opened: delivery.sinceOpened,
      merged: delivery.sinceMerged,
    }[switches.leadTimeClock];
    return delivery.baseline || since === null ? [] : [since];
  });
  const recoveries = failures.flatMap(
    ({ sinceDeployment, sinceIncident }) =>
      (switches.recoveryClock === 'deployment'
        ? sinceDeployment
        : sinceIncident) ?? [],
  );
  const silent: ReferenceMetric = known
    ? { state: 'measured', n: 0, value: 0, percentiles: null }
    : none;
  return {
    deploymentFrequency:
      successes.length === 0
        ? silent
        : {
            state: state(successes.length),
            n: successes.length,
            value: successes.length / period.days,
            percentiles: null,
          },
    changeLeadTime: durations(leadTimes, {
      excluded: delivered.length - leadTimes.length,
    }),
    changeFailRate: share(attempts, ({ failed }) => failed),
    failedDeploymentRecoveryTime: durations(recoveries, {
      open: failures.length - recoveries.length,
    }),
    deploymentReworkRate: share(successes, ({ rework }) => rework !== null),
  };
}
