import type { Success } from './containment';
import type { ChangeRecord, DeliveredChange, Rework } from './model';

/** That a deployment was unplanned, what gave it away, and which deployment it undid. */
export type Recognised = {
  rework: Rework;
  reason: string;
  /** The deployment it undid, when that is certain. */
  undid: string | undefined;
};

const hotfixName = /(^|[\s/_-])hot-?fix([\s/_:-]|$)/i;
const revertTitle = /^revert\b|^this reverts commit/i;
const short = (sha: string) => sha.slice(0, 8);

/**
 * Rollback, revert and hotfix deployments of one environment: from what the
 * sender called them, from an earlier commit deployed again, from the titles
 * of the changes they brought, and from the names of branches.
 *
 * @param successes - oldest first
 */
export function recogniseRework(
  successes: Success[],
  delivered: DeliveredChange[],
  changes: Map<string, ChangeRecord>,
): Map<string, Recognised> {
  const brought = new Map<string, ChangeRecord[]>();
  for (const { deploymentId, changeId } of delivered) {
    const change = changes.get(changeId);
    if (!change) continue;
    const others = brought.get(deploymentId);
    if (others) others.push(change);
    else brought.set(deploymentId, [change]);
  }

  const found = new Map<string, Recognised>();
  const firstWith = new Map<string, number>();
  successes.forEach(({ sha }, index) => {
    if (sha && !firstWith.has(sha)) firstWith.set(sha, index);
  });
  successes.forEach((success, index) => {
    const before = successes[index - 1];
    const recognised = recognise(
      success,
      before,
      firstWith,
      brought.get(success.id) ?? [],
    );
    if (recognised) found.set(success.id, recognised);
  });
  return found;
}

function recognise(
  success: Success,
  before: Success | undefined,
  firstWith: ReadonlyMap<string, number>,
  brought: ChangeRecord[],
): Recognised | undefined {
  if (success.kind === 'rollback') {
    return {
      rework: 'rollback',
      reason: 'the sender calls it a rollback',
      undid: before?.id,
    };
  }
  if (
    success.sha !== undefined &&
    before?.sha !== undefined &&
    // What is deployed again after it was rolled back goes forward.
    firstWith.get(success.sha)! < firstWith.get(before.sha)!
  ) {
    return {
      rework: 'rollback',
      reason: `commit ${short(success.sha)} had been deployed before ${short(
        before.sha,
      )}`,
      undid: before.id,
    };
  }
  const revert = brought.find(change => revertTitle.test(change.title ?? ''));
  if (revert) {
    return {
      rework: 'revert',
      reason: `it brought “${revert.title}”`,
      undid: undefined,
    };
  }
  if (success.kind === 'hotfix') {
    return {
      rework: 'hotfix',
      reason: 'the sender calls it a hotfix',
      undid: undefined,
    };
  }
  const named = [success.ref, success.title].find(
    name => name !== undefined && hotfixName.test(name),
  );
  if (named) {
    return {
      rework: 'hotfix',
      reason: `it was deployed as “${named}”`,
      undid: undefined,
    };
  }
  const hotfix = brought.find(change =>
    [change.ref, change.title].some(
      name => name !== undefined && hotfixName.test(name),
    ),
  );
  return hotfix
    ? {
        rework: 'hotfix',
        reason: `it brought “${hotfix.title ?? hotfix.ref}”`,
        undid: undefined,
      }
    : undefined;
}
