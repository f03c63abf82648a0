import type { Definitions, MetricId } from '@waymark/plugin-dora-common';

/** What a metric is, in words, with the switches as they are set. */
export function definitionOf(
  metric: MetricId,
  definitions: Definitions,
): string {
  const { environment } = definitions;
  const failures =
    definitions.failedAttempts === 'count' ? 'it ended in failure, ' : '';
  switch (metric) {
    case 'deploymentFrequency':
      return `Successful deployments to ${environment}, divided by the days of the period.`;
    case 'changeLeadTime': {
      const start = {
        firstCommit: 'its first commit',
        opened: 'the opening of its pull request',
        merged: 'its merge',
      }[definitions.leadTimeClock];
      return `For each change, the time from ${start} to the end of the first successful deployment that brought it to ${environment}. Percentiles are by nearest rank. Changes merged more than ${definitions.baselineDays} days before the first deployment we know of are left out.`;
    }
    case 'changeFailRate':
      return `The share of deployments to ${environment} that failed: ${failures}an incident was put down to it, it was rolled back, or a person says so. ${
        definitions.failedAttempts === 'count'
          ? 'Deployments that succeeded and those that ended in failure are counted; cancelled ones are not.'
          : 'Only deployments that succeeded are counted.'
      } An incident with nothing else to go by is put down to the deployment before it, at most ${
        definitions.incidentWindowHours
      } hours later.`;
    case 'failedDeploymentRecoveryTime':
      return `For each failed deployment to ${environment}, the time from ${
        definitions.recoveryClock === 'deployment'
          ? 'its end'
          : 'the beginning of its first incident'
      } to the end of its last incident; without incidents, to the next successful deployment. Those that have not recovered are shown as open and are in no percentile.`;
    default:
      return `The share of successful deployments to ${environment} that were unplanned: rollbacks, reverts and hotfixes.`;
  }
}
