import {
  metricUnits,
  type Deployment,
  type DeploymentDetail,
  type Goal,
  type GoalValue,
  type Incident,
  type Measurement,
  type Metric,
  type MetricId,
  type Metrics,
  type MetricsAnswer,
  type StagesAnswer,
} from '@waymark/plugin-dora-common';
import type { DoraApi } from '../api/DoraApi';
import { metricIds } from '../words/metrics';

/** A measurement of nothing. */
export const nothing: Measurement = {
  state: 'none',
  value: null,
  n: 0,
  percentiles: null,
};

/** A metric of which nothing is known but what is given. */
export function fakeMetric(id: MetricId, given: Partial<Metric> = {}): Metric {
  return {
    ...nothing,
    id,
    unit: metricUnits[id],
    band: null,
    previous: nothing,
    change: null,
    better: null,
    rows: `/api/dora/rows/${id}`,
    ...given,
  };
}

/** All five metrics, of which nothing is known but what is given. */
export function fakeMetrics(
  given: Partial<Record<MetricId, Partial<Metric>>> = {},
): Metrics {
  return Object.fromEntries(
    metricIds.map(id => [id, fakeMetric(id, given[id])]),
  ) as Metrics;
}

/** An answer for the whole organisation, of which nothing is known but what is given. */
export function fakeAnswer(given: Partial<MetricsAnswer> = {}): MetricsAnswer {
  return {
    scope: { level: 'organisation', title: 'Larkspur', services: 4 },
    period: {
      from: '2026-03-01T00:00:00Z',
      to: '2026-03-31T00:00:00Z',
      days: 30,
    },
    previousPeriod: {
      from: '2026-01-30T00:00:00Z',
      to: '2026-03-01T00:00:00Z',
      days: 30,
    },
    definitions: {
      environment: 'production',
      timeZone: 'UTC',
      weekStart: 'monday',
      leadTimeClock: 'firstCommit',
      recoveryClock: 'deployment',
      failedAttempts: 'ignore',
      bands: 'targets',
      minimumSample: 5,
      baselineDays: 30,
      incidentWindowHours: 24,
    },
    metrics: fakeMetrics(),
    upToDate: true,
    ...given,
  };
}

/** A successful deployment, but for what is given. */
export function fakeDeployment(given: Partial<Deployment> = {}): Deployment {
  return {
    id: '7',
    source: 'github',
    service: 'component:default/payments-gateway',
    environment: 'production',
    status: 'success',
    at: '2026-03-10T12:00:00Z',
    title: 'v2.1.0',
    failed: false,
    changes: 0,
    incidents: 0,
    ...given,
  };
}

/** A deployment that brought nothing, but for what is given. */
export function fakeDetail(
  given: Partial<DeploymentDetail> = {},
): DeploymentDetail {
  return {
    ...fakeDeployment(),
    changeList: [],
    incidentList: [],
    notes: '',
    previous: null,
    corrections: [],
    ...given,
  };
}

/** An open incident that is linked to nothing, but for what is given. */
export function fakeIncident(given: Partial<Incident> = {}): Incident {
  return {
    id: '3',
    source: 'pagerduty',
    service: 'component:default/payments-gateway',
    title: 'Payments time out',
    createdAt: '2026-03-10T13:00:00Z',
    resolvedAt: null,
    link: null,
    ...given,
  };
}

/** The stages of no change at all, but for what is given. */
export function fakeStages(given: Partial<StagesAnswer> = {}): StagesAnswer {
  const { scope, period } = fakeAnswer();
  return {
    scope,
    period,
    oneIn: 1,
    changes: 0,
    stages: [],
    longest: [],
    waiting: { items: [], total: 0 },
    open: { items: [], total: 0, inReview: 0 },
    ...given,
  };
}

/** A goal that is on its way, but for what is given. */
export function fakeGoal(given: Partial<Goal> = {}): Goal {
  const { period } = fakeAnswer();
  const value = (seconds: number): GoalValue => ({
    state: 'measured',
    value: seconds,
    n: 20,
    period,
  });
  return {
    id: '5',
    entityRef: 'group:default/ledger',
    title: 'Ledger',
    metric: 'changeLeadTime',
    unit: 'seconds',
    percentile: 'p90',
    better: 'lower',
    target: 86_400,
    environment: 'production',
    start: '2026-01-05',
    due: '2026-06-30',
    windowDays: 28,
    setBy: 'user:default/jonas',
    setAt: '2026-01-05T09:00:00Z',
    progress: {
      status: 'onTrack',
      start: value(172_800),
      now: value(108_000),
      share: 0.75,
      expected: 0.5,
      note: 'It has come as far as time has',
    },
    ...given,
  };
}

const unasked = (name: string) => () =>
  Promise.reject(new Error(`The test did not expect ${name} to be asked`));

/** The portal as a test wants it to answer; whatever else is asked is refused. */
export function fakeDoraApi(answers: Partial<DoraApi> = {}): DoraApi {
  return {
    getMetrics: unasked('getMetrics'),
    getRows: unasked('getRows'),
    getRowsCsv: unasked('getRowsCsv'),
    getStages: async () => fakeStages(),
    listEnvironments: async () => ({ items: ['production', 'staging'] }),
    listGoals: async () => ({ items: [], total: 0 }),
    setGoal: unasked('setGoal'),
    changeGoal: unasked('changeGoal'),
    endGoal: unasked('endGoal'),
    listDeployments: unasked('listDeployments'),
    getDeployment: unasked('getDeployment'),
    correctDeployment: unasked('correctDeployment'),
    listIncidents: unasked('listIncidents'),
    correctIncident: unasked('correctIncident'),
    listCorrections: unasked('listCorrections'),
    getStatus: unasked('getStatus'),
    listBackfills: unasked('listBackfills'),
    startBackfill: unasked('startBackfill'),
    cancelBackfill: unasked('cancelBackfill'),
    resumeBackfill: unasked('resumeBackfill'),
    listDeliveries: unasked('listDeliveries'),
    getDelivery: unasked('getDelivery'),
    replayDelivery: unasked('replayDelivery'),
    replayDeliveries: unasked('replayDeliveries'),
    listUnmatched: unasked('listUnmatched'),
    ...answers,
  };
}
