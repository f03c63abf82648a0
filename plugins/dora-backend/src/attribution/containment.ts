import type {
  AttributionSettings,
  ChangeRecord,
  DeliveredChange,
  DeploymentRecord,
  How,
} from './model';

/** A successful deployment; these alone bring changes anywhere. */
export type Success = DeploymentRecord & { at: number };

/** Changes by each commit that holds them. */
function byCommit(changes: ChangeRecord[]): Map<string, ChangeRecord[]> {
  const found = new Map<string, ChangeRecord[]>();
  for (const change of changes) {
    const shas = new Set(change.commits);
    if (change.mergeSha) shas.add(change.mergeSha);
    for (const sha of shas) {
      const holders = found.get(sha);
      if (holders) holders.push(change);
      else found.set(sha, [change]);
    }
  }
  return found;
}

const positive = (end: number, start: number | undefined) =>
  start === undefined || start > end ? undefined : end - start;

/**
 * Which deployment first brought each change to an environment.
 *
 * A deployment holds the changes whose commits it names; the change whose
 * commit it is; and, when it names no range, everything that was merged
 * before that change, for the main branch is a line. A deployment that says
 * nothing of commits, or names one nobody knows, is taken to hold what was
 * merged before it ended.
 *
 * @param successes - the successful deployments of one environment, oldest first
 */
export function deliver(
  successes: Success[],
  changes: ChangeRecord[],
  settings: AttributionSettings,
): DeliveredChange[] {
  const holders = byCommit(changes);
  const merged = changes
    .filter(change => change.mergedAt !== undefined)
    .sort((a, b) => a.mergedAt! - b.mergedAt! || compareIds(a.id, b.id));
  const delivered = new Map<string, DeliveredChange>();
  const first = successes[0];
  let next = 0;

  const bring = (change: ChangeRecord, by: Success, how: How) => {
    if (delivered.has(change.id)) return;
    delivered.set(change.id, {
      changeId: change.id,
      environment: by.environment,
      deploymentId: by.id,
      at: by.at,
      how,
      baseline:
        by === first &&
        change.mergedAt !== undefined &&
        by.at - change.mergedAt > settings.baselineMs,
      sinceFirstCommit: positive(by.at, change.firstCommitAt),
      sinceOpened: positive(by.at, change.openedAt),
      sinceMerged: positive(by.at, change.mergedAt),
    });
  };
  /** Everything merged up to an instant that is not out yet: `next` moves on, so the whole walk is one pass. */
  const bringMergedUntil = (instant: number, by: Success, how: How) => {
    while (next < merged.length && merged[next].mergedAt! <= instant) {
      bring(merged[next], by, how);
      next += 1;
    }
  };

  for (const success of successes) {
    for (const sha of success.commits ?? []) {
      for (const change of holders.get(sha) ?? []) {
        bring(change, success, 'range');
      }
    }
    const deployed = success.sha ? holders.get(success.sha) ?? [] : [];
    for (const change of deployed) bring(change, success, 'sha');
    if (success.commits !== undefined) continue;
    if (deployed.length > 0) {
      const until = Math.max(
        ...deployed.map(change => change.mergedAt ?? -Infinity),
      );
      bringMergedUntil(until, success, 'ancestor');
    } else {
      bringMergedUntil(success.at, success, 'time');
    }
  }
  return [...delivered.values()];
}

/** Ids are whole numbers in text: the shorter is the smaller. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b));
}
