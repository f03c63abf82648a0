import type {
  DeploymentRecord,
  IncidentLink,
  IncidentRecord,
  Outcome,
} from './model';
import type { Recognised } from './rework';

type Ended = DeploymentRecord & { at: number };

/**
 * What became of each deployment of one environment that ended in success or
 * failure.
 *
 * A deployment failed when it ended in failure, when an incident is linked to
 * it, when the deployment after it rolled it back, or when a person says so.
 * It recovered when its last incident was resolved; without incidents, with
 * the next deployment that succeeded.
 *
 * @param ended - oldest first
 */
export function concludeOutcomes(
  ended: Ended[],
  rework: Map<string, Recognised>,
  links: IncidentLink[],
  incidents: Map<string, IncidentRecord>,
): Outcome[] {
  const causes = new Map<string, IncidentRecord[]>();
  for (const { deploymentId, incidentId } of links) {
    const incident = incidents.get(incidentId);
    if (deploymentId === undefined || !incident) continue;
    const others = causes.get(deploymentId);
    if (others) others.push(incident);
    else causes.set(deploymentId, [incident]);
  }
  const undoneBy = new Map(
    [...rework.values()].flatMap(({ undid, reason }) =>
      undid === undefined ? [] : [[undid, reason] as const],
    ),
  );

  let nextSuccess: Ended | undefined;
  const outcomes: Outcome[] = [];
  for (const deployment of [...ended].reverse()) {
    const linked = causes.get(deployment.id) ?? [];
    const failedReason = reasonOfFailure(
      deployment,
      linked.length,
      undoneBy.get(deployment.id),
    );
    const recovery =
      failedReason === undefined
        ? undefined
        : recover(deployment, linked, nextSuccess);
    outcomes.push({
      deploymentId: deployment.id,
      environment: deployment.environment,
      at: deployment.at,
      succeeded: deployment.status === 'success',
      failed: failedReason !== undefined,
      failedReason,
      rework: rework.get(deployment.id)?.rework,
      reworkReason: rework.get(deployment.id)?.reason,
      recoveredAt: recovery?.recoveredAt,
      sinceDeployment: recovery?.sinceDeployment,
      sinceIncident: recovery?.sinceIncident,
    });
    if (deployment.status === 'success') nextSuccess = deployment;
  }
  return outcomes.reverse();
}

function reasonOfFailure(
  deployment: Ended,
  incidents: number,
  rolledBack: string | undefined,
): string | undefined {
  if (deployment.correctedFailed !== undefined) {
    return deployment.correctedFailed
      ? 'a person marked it as failed'
      : undefined;
  }
  if (deployment.status === 'failure') return 'it ended in failure';
  if (incidents > 0) {
    return incidents === 1
      ? 'an incident is put down to it'
      : `${incidents} incidents are put down to it`;
  }
  return rolledBack === undefined
    ? undefined
    : `it was rolled back: ${rolledBack}`;
}

type Recovery = Pick<
  Outcome,
  'recoveredAt' | 'sinceDeployment' | 'sinceIncident'
>;

function recover(
  deployment: Ended,
  incidents: IncidentRecord[],
  nextSuccess: Ended | undefined,
): Recovery | undefined {
  if (incidents.length === 0) {
    if (!nextSuccess) return undefined;
    const took = nextSuccess.at - deployment.at;
    return {
      recoveredAt: nextSuccess.at,
      sinceDeployment: took,
      // No incident was reported: the deployment itself is when it began.
      sinceIncident: took,
    };
  }
  const resolved = incidents.map(({ resolvedAt }) => resolvedAt ?? Infinity);
  const recoveredAt = Math.max(...resolved);
  if (recoveredAt === Infinity) return undefined;
  const began = Math.min(...incidents.map(({ createdAt }) => createdAt));
  return {
    recoveredAt,
    // An incident that ended before its deployment did recovered at once.
    sinceDeployment: Math.max(0, recoveredAt - deployment.at),
    sinceIncident: Math.max(0, recoveredAt - began),
  };
}
