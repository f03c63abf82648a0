import type {
  Measurement,
  MetricId,
  Percentiles,
} from '@waymark/plugin-dora-common';
import { Bucket, type Clock } from './Bucket';
import type { Recoveries } from './RecoveryStore';

/** What was added up for one part in one period. */
export type Cell = {
  sums: Bucket | undefined;
  leadTime: Percentiles | undefined;
  recoveries: Recoveries | undefined;
  /** Whether anything had been deployed before the period ended. */
  known: boolean;
  /** The length of the period in days. */
  days: number;
};

export type MeasureOptions = {
  clock: Clock;
  /** Whether deployments that ended in failure count as failed deployments. */
  countFailedAttempts: boolean;
  /** Fewer rows than this are too few to judge. */
  minimumSample: number;
};

const nothing = (note: string): Measurement => ({
  state: 'none',
  value: null,
  n: 0,
  percentiles: null,
  note,
});

const nothingKnown = 'Nothing is known to have been deployed here';

/** The five metrics of one part in one period. */
export function measure(
  cell: Cell,
  options: MeasureOptions,
): Record<MetricId, Measurement> {
  const sums = cell.sums ?? new Bucket();
  const state = (n: number) =>
    n < options.minimumSample ? 'insufficient' : 'measured';
  const share = (counted: number, n: number, none: string): Measurement =>
    n === 0
      ? nothing(cell.known ? none : nothingKnown)
      : { state: state(n), value: counted / n, n, counted, percentiles: null };

  const attempts = options.countFailedAttempts
    ? sums.succeeded + sums.attemptsFailed
    : sums.succeeded;
  const failed = options.countFailedAttempts
    ? sums.successesFailed + sums.attemptsFailed
    : sums.successesFailed;

  return {
    deploymentFrequency: frequency(sums.succeeded, cell, state),
    changeLeadTime: leadTime(sums, cell, options, state),
    changeFailRate: share(
      failed,
      attempts,
      'Nothing was deployed in this period',
    ),
    failedDeploymentRecoveryTime: recoveryTime(cell, failed, state),
    deploymentReworkRate: share(
      sums.rework,
      sums.succeeded,
      'Nothing was deployed in this period',
    ),
  };
}

type StateOf = (n: number) => 'insufficient' | 'measured';

function frequency(n: number, cell: Cell, state: StateOf): Measurement {
  if (n > 0) {
    return { state: state(n), value: n / cell.days, n, percentiles: null };
  }
  // Where deployments are reported and none came, none is the answer.
  return cell.known
    ? {
        state: 'measured',
        value: 0,
        n: 0,
        percentiles: null,
        note: 'Nothing was deployed in this period',
      }
    : nothing(nothingKnown);
}

function leadTime(
  sums: Bucket,
  { leadTime: percentiles, known }: Cell,
  { clock }: MeasureOptions,
  state: StateOf,
): Measurement {
  const n = sums.leadTimes[clock].size;
  const excluded = sums.delivered - n;
  if (n === 0 || !percentiles) {
    const why = known
      ? 'No change reached this environment in this period'
      : nothingKnown;
    return {
      ...nothing(
        excluded > 0
          ? `None of the ${excluded} changes can be counted; their rows say why`
          : why,
      ),
      excluded,
    };
  }
  return { state: state(n), value: percentiles.p50, n, excluded, percentiles };
}

function recoveryTime(
  { recoveries, known }: Cell,
  failed: number,
  state: StateOf,
): Measurement {
  const open = recoveries?.open ?? 0;
  if (!recoveries?.percentiles) {
    const good = known ? 'No deployment failed in this period' : nothingKnown;
    return {
      ...nothing(
        failed > 0 || open > 0
          ? 'No failed deployment has recovered yet'
          : good,
      ),
      open,
    };
  }
  const { recovered: n, percentiles } = recoveries;
  return { state: state(n), value: percentiles.p50, n, open, percentiles };
}
