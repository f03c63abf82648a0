import { successesOf, type Delivery } from './deliveries';
import type { RawChange, RawHistory } from './facts';

export type Unplanned = {
  deployment: number;
  kind: 'rollback' | 'revert' | 'hotfix';
  /** The deployment it undid. */
  undid: number | null;
};

const isHotfix = (name: string | null) =>
  name !== null &&
  name
    .toLowerCase()
    .replace('hot-fix', 'hotfix')
    .split(/[\s/_:-]/)
    .includes('hotfix');

const isRevert = ({ title }: RawChange) =>
  title !== null && /^revert(?!\w)/i.test(title);

/** Which deployments of an environment were unplanned. */
export function unplanned(
  history: RawHistory,
  environment: number,
  delivered: Delivery[],
): Unplanned[] {
  const successes = successesOf(history, environment);
  const firstWith = (sha: string) =>
    successes.findIndex(success => success.sha === sha);
  return successes.flatMap((success, index): Unplanned[] => {
    const { id: deployment, kind, sha, ref, title } = success;
    const before = index > 0 ? successes[index - 1] : undefined;
    const wentBack =
      sha !== null &&
      before !== undefined &&
      before.sha !== null &&
      firstWith(sha) < firstWith(before.sha);
    if (kind === 'rollback' || wentBack) {
      return [{ deployment, kind: 'rollback', undid: before?.id ?? null }];
    }
    const brought = delivered
      .filter(delivery => delivery.deployment === deployment)
      .map(({ change }) => history.changes.find(({ id }) => id === change)!);
    if (brought.some(isRevert)) {
      return [{ deployment, kind: 'revert', undid: null }];
    }
    const names = [
      ref,
      title,
      ...brought.flatMap(change => [change.ref, change.title]),
    ];
    return kind === 'hotfix' || names.some(isHotfix)
      ? [{ deployment, kind: 'hotfix', undid: null }]
      : [];
  });
}
