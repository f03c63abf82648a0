import type { RawChange, RawDeployment, RawHistory } from './facts';

export type Delivery = {
  change: number;
  environment: number;
  deployment: number;
  at: number;
  how: 'range' | 'sha' | 'ancestor' | 'time';
  baseline: boolean;
  sinceFirstCommit: number | null;
  sinceOpened: number | null;
  sinceMerged: number | null;
};

export type RawSuccess = RawDeployment & { at: number };

/** The successful deployments of an environment, oldest first; of two at once the one told of first. */
export function successesOf(
  { deployments }: RawHistory,
  environment: number,
): RawSuccess[] {
  return deployments
    .filter(
      (deployment): deployment is RawSuccess =>
        deployment.environment === environment &&
        deployment.status === 'success' &&
        deployment.at !== null,
    )
    .sort((a, b) => a.at - b.at || a.id - b.id);
}

const shasOf = ({ commits, mergeSha }: RawChange) =>
  mergeSha === null ? commits : [...commits, mergeSha];

/** Changes without the single commits that a request holds. */
export function countedChanges({ changes }: RawHistory): RawChange[] {
  const isCommit = (change: RawChange) =>
    change.externalId.startsWith('commit:');
  return changes.filter(
    change =>
      !isCommit(change) ||
      change.mergeSha === null ||
      !changes.some(
        other => !isCommit(other) && shasOf(other).includes(change.mergeSha!),
      ),
  );
}

/** How a deployment holds a change, if it does. */
function holds(
  success: RawSuccess,
  change: RawChange,
  changes: RawChange[],
): Delivery['how'] | undefined {
  const shas = shasOf(change);
  if (success.commits?.some(sha => shas.includes(sha))) return 'range';
  if (success.sha !== null && shas.includes(success.sha)) return 'sha';
  if (success.commits !== null || change.mergedAt === null) return undefined;
  const deployed = changes.filter(
    other => success.sha !== null && shasOf(other).includes(success.sha),
  );
  if (deployed.length === 0) {
    return change.mergedAt <= success.at ? 'time' : undefined;
  }
  return deployed.some(
    ({ mergedAt }) => mergedAt !== null && change.mergedAt! <= mergedAt,
  )
    ? 'ancestor'
    : undefined;
}

/** A change reaches an environment with the first successful deployment that holds it. */
export function deliveries(
  history: RawHistory,
  environment: number,
  baselineMs: number,
): Delivery[] {
  const successes = successesOf(history, environment);
  const changes = countedChanges(history);
  return changes.flatMap(change => {
    const by = successes.find(success => holds(success, change, changes));
    if (!by) return [];
    const since = (start: number | null) =>
      start === null || start > by.at ? null : by.at - start;
    return [
      {
        change: change.id,
        environment,
        deployment: by.id,
        at: by.at,
        how: holds(by, change, changes)!,
        baseline:
          by === successes[0] &&
          change.mergedAt !== null &&
          by.at - change.mergedAt > baselineMs,
        sinceFirstCommit: since(change.firstCommitAt),
        sinceOpened: since(change.openedAt),
        sinceMerged: since(change.mergedAt),
      },
    ];
  });
}
