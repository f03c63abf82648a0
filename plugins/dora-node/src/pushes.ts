import { z } from 'zod';
import type { ChangeFact } from './facts';
import { instant } from './instants';
import { fitsPattern } from './patterns';
import { anyText, optional, optionalText, sha, text, webUrl } from './shapes';

const files = z.array(text).default([]);

/** A commit in a push, as GitHub and GitLab write it. */
export const pushedCommit = z.object({
  id: sha,
  message: anyText,
  timestamp: instant,
  url: webUrl,
  author: optional(z.object({ name: optionalText, username: optionalText })),
  added: files,
  modified: files,
  removed: files,
});

/** {@inheritDoc pushedCommit} */
export type PushedCommit = z.output<typeof pushedCommit>;

/** Whether what reaches the branch is a change: by pattern, else the default branch alone. */
export function isMainBranch(
  branch: string,
  options: { patterns: string[]; defaultBranch: string | undefined },
): boolean {
  const { patterns, defaultBranch } = options;
  return patterns.length > 0
    ? patterns.some(pattern => fitsPattern(branch, pattern))
    : branch === defaultBranch;
}

/**
 * The commits of a push by the change they belong to, each group ending in the
 * commit that stands for it.
 *
 * @param commits - in the order of their history
 * @param roleOf - a `merge` brought the commits before it that belong to no other; what is `whole` came alone
 */
export function groupCommits(
  commits: PushedCommit[],
  roleOf: (commit: PushedCommit) => 'merge' | 'whole' | 'part',
): PushedCommit[][] {
  const groups: PushedCommit[][] = [];
  let waiting: PushedCommit[] = [];
  for (const commit of commits) {
    switch (roleOf(commit)) {
      case 'merge':
        groups.push([...waiting, commit]);
        waiting = [];
        break;
      case 'whole':
        groups.push([commit]);
        break;
      default:
        waiting.push(commit);
    }
  }
  return [...groups, ...waiting.map(commit => [commit])];
}

/** The files that commits touched, each once. */
export function pathsOf(commits: PushedCommit[]): string[] {
  return [
    ...new Set(
      commits.flatMap(({ added, modified, removed }) => [
        ...added,
        ...modified,
        ...removed,
      ]),
    ),
  ];
}

/** A server makes the squashed commit and the merge commit within one request. */
const squashMs = 60_000;

/**
 * Whether the commits that a merge brought, the merge last, are as young as it
 * is. Then they were squashed by the merge, and tell nothing of when the work
 * began.
 */
export function bornWithMerge(commits: PushedCommit[]): boolean {
  const first = Math.min(
    ...commits.map(commit => Date.parse(commit.timestamp)),
  );
  const merge = commits[commits.length - 1];
  return Date.parse(merge.timestamp) - first < squashMs;
}

/** The commits of a change, and when the first was made. */
export function historyOf(
  commits: Pick<PushedCommit, 'id' | 'timestamp'>[],
): Pick<ChangeFact, 'firstCommitAt' | 'commits'> {
  return {
    firstCommitAt: commits.map(commit => commit.timestamp).sort()[0],
    commits: commits.map(commit => ({
      sha: commit.id,
      authoredAt: commit.timestamp,
    })),
  };
}
