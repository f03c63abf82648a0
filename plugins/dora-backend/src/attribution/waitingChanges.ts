import type { Attribution, AttributionSettings, History } from './model';

/** A change that was merged and that no deployment has brought to an environment yet. */
export type WaitingChange = {
  changeId: string;
  environment: number;
  mergedAt: number;
};

/**
 * The changes of one component that wait, in each environment that it is
 * deployed to and in production.
 */
export function waitingChanges(
  { changes, deployments }: History,
  { delivered, superseded }: Attribution,
  { production }: AttributionSettings,
): WaitingChange[] {
  const environments = new Set([
    production,
    ...deployments.map(({ environment }) => environment),
  ]);
  const arrived = new Set(
    delivered.map(({ changeId, environment }) => `${environment} ${changeId}`),
  );
  return [...environments].flatMap(environment =>
    changes.flatMap(({ id, mergedAt }) =>
      mergedAt === undefined ||
      superseded.has(id) ||
      arrived.has(`${environment} ${id}`)
        ? []
        : [{ changeId: id, environment, mergedAt }],
    ),
  );
}
