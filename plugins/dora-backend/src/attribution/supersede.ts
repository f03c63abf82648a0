import type { ChangeRecord } from './model';
import { compareIds } from './containment';

/** A commit that was pushed to the main branch is reported beside the pull request it came with. */
const isSingleCommit = (change: ChangeRecord) =>
  change.externalId.startsWith('commit:');

/**
 * Commits that are part of a pull or merge request and so are no changes of
 * their own.
 *
 * @returns from the id of the commit's change to the id of the request's
 */
export function supersededCommits(
  changes: ChangeRecord[],
): Map<string, string> {
  const holder = new Map<string, string>();
  const requests = changes
    .filter(change => !isSingleCommit(change))
    .sort((a, b) => compareIds(a.id, b.id));
  for (const request of requests) {
    for (const sha of [...request.commits, request.mergeSha]) {
      if (sha && !holder.has(sha)) holder.set(sha, request.id);
    }
  }
  return new Map(
    changes.filter(isSingleCommit).flatMap(commit => {
      const request = commit.mergeSha && holder.get(commit.mergeSha);
      return request ? [[commit.id, request] as const] : [];
    }),
  );
}
