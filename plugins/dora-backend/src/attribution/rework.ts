import type { Success } from './containment';
import type { ChangeRecord, DeliveredChange, Rework } from './model';

/** That a deployment was unplanned, what gave it away, and which deployment it undid. */
export type Recognised = {
  rework: Rework;
  reason: string;
  /** The deployment before it, which a rollback undid. */
  undid: string | undefined;
  /** Of a rollback: the place of the first deployment that it undid; it undid all from there on. */
  undoneFrom: number | undefined;
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
    const recognised =
      recogniseRollback(success, before, index, firstWith) ??
      recogniseRepair(success, brought.get(success.id) ?? []);
    if (recognised) found.set(success.id, recognised);
  });
  return found;
}

function recogniseRollback(
  success: Success,
  before: Success | undefined,
  index: number,
  firstWith: ReadonlyMap<string, number>,
): Recognised | undefined {
  const restored =
    success.sha !== undefined && before?.sha !== undefined
      ? firstWith.get(success.sha)!
      : Infinity;
  // What is deployed again after it was rolled back goes forward.
  const wentBack =
    before?.sha !== undefined && restored < firstWith.get(before.sha)!;
  if (!wentBack && success.kind !== 'rollback') return undefined;
  return {
    rework: 'rollback',
    reason:
      success.kind === 'rollback'
        ? 'the sender calls it a rollback'
        : `commit ${short(success.sha!)} had been deployed before ${short(
            before!.sha!,
          )}`,
    undid: before?.id,
    undoneFrom: wentBack ? restored + 1 : index - 1,
  };
}

function recogniseRepair(
  { kind, ref, title }: Success,
  brought: ChangeRecord[],
): Recognised | undefined {
  const because = (
    rework: 'revert' | 'hotfix',
    reason: string,
  ): Recognised => ({
    rework,
    reason,
    undid: undefined,
    undoneFrom: undefined,
  });
  const revert = brought.find(change => revertTitle.test(change.title ?? ''));
  if (revert) return because('revert', `it brought “${revert.title}”`);
  if (kind === 'hotfix') {
    return because('hotfix', 'the sender calls it a hotfix');
  }
  const isHotfix = (name: string | undefined) =>
    name !== undefined && hotfixName.test(name);
  const named = [ref, title].find(isHotfix);
  if (named) return because('hotfix', `it was deployed as “${named}”`);
  const hotfix = brought.find(
    change => isHotfix(change.ref) || isHotfix(change.title),
  );
  return hotfix
    ? because('hotfix', `it brought “${hotfix.title ?? hotfix.ref}”`)
    : undefined;
}
