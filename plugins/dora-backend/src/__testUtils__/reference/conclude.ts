import { deliveries, type Delivery, successesOf } from './deliveries';
import type { RawHistory, RawIncident, ReferenceSettings } from './facts';
import { blame, type Blame } from './incidents';
import { unplanned, type Unplanned } from './unplanned';

/** What the reference says became of a deployment. */
export type Conclusion = {
  deployment: number;
  environment: number;
  at: number;
  succeeded: boolean;
  failed: boolean;
  rework: Unplanned['kind'] | null;
  recoveredAt: number | null;
  sinceDeployment: number | null;
  sinceIncident: number | null;
};

export type Reference = {
  deliveries: Delivery[];
  conclusions: Conclusion[];
  blames: Blame[];
};

/**
 * All conclusions of one component, written a second time from the
 * definitions, with no care for speed: every question is asked of all facts.
 */
export function conclude(
  history: RawHistory,
  settings: ReferenceSettings,
): Reference {
  const environments = [
    ...new Set(history.deployments.map(({ environment }) => environment)),
  ];
  const delivered = environments.flatMap(environment =>
    deliveries(history, environment, settings.baselineMs),
  );
  const rework = environments.flatMap(environment =>
    unplanned(history, environment, delivered),
  );
  const blames = history.incidents.map(incident =>
    blame(incident, history, { delivered, rework, settings }),
  );
  return {
    deliveries: delivered,
    blames,
    conclusions: environments.flatMap(environment =>
      concludeOne(history, environment, { rework, blames }),
    ),
  };
}

function concludeOne(
  history: RawHistory,
  environment: number,
  { rework, blames }: { rework: Unplanned[]; blames: Blame[] },
): Conclusion[] {
  const successes = successesOf(history, environment);
  return history.deployments.flatMap(deployment => {
    const { id, at, status, saidFailed } = deployment;
    if (deployment.environment !== environment || at === null) return [];
    if (status !== 'success' && status !== 'failure') return [];
    const incidents = blames
      .filter(({ deployment: blamed }) => blamed === id)
      .map(({ incident }) => history.incidents.find(i => i.id === incident)!);
    const failed =
      saidFailed ??
      (status === 'failure' ||
        incidents.length > 0 ||
        rework.some(({ undid }) => undid === id));
    const next = successes.find(
      success => success.at > at || (success.at === at && success.id > id),
    );
    const recovery = failed ? recover(at, incidents, next?.at) : null;
    return [
      {
        deployment: id,
        environment,
        at,
        succeeded: status === 'success',
        failed,
        rework: rework.find(({ deployment: of }) => of === id)?.kind ?? null,
        recoveredAt: recovery?.at ?? null,
        sinceDeployment: recovery?.sinceDeployment ?? null,
        sinceIncident: recovery?.sinceIncident ?? null,
      },
    ];
  });
}

function recover(
  at: number,
  incidents: RawIncident[],
  nextSuccess: number | undefined,
) {
  if (incidents.length === 0) {
    return nextSuccess === undefined
      ? null
      : {
          at: nextSuccess,
          sinceDeployment: nextSuccess - at,
          sinceIncident: nextSuccess - at,
        };
  }
  if (incidents.some(({ resolvedAt }) => resolvedAt === null)) return null;
  const end = Math.max(...incidents.map(({ resolvedAt }) => resolvedAt ?? 0));
  const start = Math.min(...incidents.map(({ createdAt }) => createdAt));
  return {
    at: end,
    sinceDeployment: Math.max(0, end - at),
    sinceIncident: Math.max(0, end - start),
  };
}
