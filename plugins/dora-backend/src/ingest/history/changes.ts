import type { ChangeFact } from '@waymark/plugin-dora-node';
import type { Commit, GitHistory } from './gitHistory';

/** A change without what every fact of a history has in common. */
export type HistoricChange = Pick<
  ChangeFact,
  | 'id'
  | 'number'
  | 'title'
  | 'author'
  | 'ref'
  | 'firstCommitAt'
  | 'mergedAt'
  | 'mergeSha'
  | 'commits'
>;

const iso = (instant: number) => new Date(instant).toISOString();

/** How Git hosts word merges; what stands in groups is the number and the branch. */
const pullRequestMerge = /^Merge pull request #(\d+) from [^/\s]+\/(\S+)/;
const branchMerge = /^Merge (?:remote-tracking )?branch '([^']+)'/;
const mergeRequestMention = /^See merge request \S*!(\d+)$/m;
/** The end of a squashed commit's subject at GitHub; Gitea and Azure DevOps do the same. */
const squashed = /\(#(\d+)\)$|^Merged PR (\d+):/;

const revertSubject = /^revert\b/i;
const revertBody = /^This reverts (commit|merge request)/m;

/** The commits that the main branch pointed to, oldest first. */
export function mainLineOf({ head, commits }: GitHistory): Commit[] {
  const line: Commit[] = [];
  for (
    let commit = commits.get(head);
    commit;
    commit = commits.get(commit.parents[0] ?? '')
  ) {
    line.push(commit);
  }
  return line.reverse();
}

/** What a merge brought besides itself: all that no earlier landing had. Marks it as seen. */
function broughtBy(
  merge: Commit,
  commits: ReadonlyMap<string, Commit>,
  seen: Set<string>,
): Commit[] {
  const found: Commit[] = [];
  const waiting = merge.parents.slice(1);
  for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
    const commit = seen.has(sha) ? undefined : commits.get(sha);
    if (!commit) continue;
    seen.add(sha);
    found.push(commit);
    waiting.push(...commit.parents);
  }
  return found;
}

const firstLine = (text: string) =>
  text
    .split('\n')
    .map(line => line.trim())
    .find(Boolean);

function wordingOf({
  subject,
  body,
}: Commit): Pick<HistoricChange, 'number' | 'title' | 'ref'> {
  const pullRequest = subject.match(pullRequestMerge);
  if (pullRequest) {
    return {
      number: pullRequest[1],
      ref: pullRequest[2],
      title: firstLine(body) ?? subject,
    };
  }
  const number =
    body.match(mergeRequestMention)?.[1] ??
    subject.match(squashed)?.slice(1).find(Boolean);
  const branch = subject.match(branchMerge);
  return branch
    ? { number, ref: branch[1], title: firstLine(body) ?? subject }
    : { number, title: subject };
}

/** The title says that it takes something back, where only the body did. */
function titled(title: string | undefined, { body }: Commit) {
  return revertBody.test(body) && !revertSubject.test(title ?? '')
    ? `Revert: ${title}`
    : title;
}

function changeOf(landing: Commit, brought: Commit[]): HistoricChange {
  const { number, title, ref } = wordingOf(landing);
  const parts = brought.length > 0 ? brought : [landing];
  const first = Math.min(...parts.map(({ authoredAt }) => authoredAt));
  // A host that squashes writes the commit at the moment of the merge: when the work began is gone.
  const beginUnknown =
    brought.length === 0 &&
    number !== undefined &&
    landing.committedAt - landing.authoredAt < 1000;
  const { author } = parts.reduce((oldest, commit) =>
    commit.authoredAt < oldest.authoredAt ? commit : oldest,
  );
  return {
    // As a push says it: where a pull request with this commit is reported as well, that one counts.
    id: `commit:${landing.sha}`,
    number,
    title: titled(title, landing) || undefined,
    author: author || undefined,
    ref,
    mergedAt: iso(landing.committedAt),
    mergeSha: landing.sha,
    ...(!beginUnknown && {
      firstCommitAt: iso(first),
      commits: brought.map(({ sha, authoredAt }) => ({
        sha,
        authoredAt: iso(authoredAt),
      })),
    }),
  };
}

/**
 * The changes of a history: everything that landed on the main branch, a merge
 * with all that it brought or a commit of its own. Oldest first.
 */
export function changesOf(history: GitHistory): HistoricChange[] {
  const line = mainLineOf(history);
  const seen = new Set(line.map(({ sha }) => sha));
  return line.map(landing =>
    changeOf(landing, broughtBy(landing, history.commits, seen)),
  );
}
