import {
  facts,
  firstLine,
  ignored,
  instant,
  optional,
  optionalText,
  readShape,
  sha,
  text,
  unixSeconds,
  webUrl,
  type ChangeFact,
  type Reading,
} from '@waymark/plugin-dora-node';
import { z } from 'zod';
import type { GithubSettings } from './config';
import { pullRequestId } from './pullRequest';
import { isMainBranch, repositoryShape, serviceOf } from './repository';

const files = z.array(text).default([]);

const commitShape = z.object({
  id: sha,
  message: z.string(),
  timestamp: instant,
  url: webUrl,
  author: optional(z.object({ name: optionalText, username: optionalText })),
  added: files,
  modified: files,
  removed: files,
});

const pushEvent = z.object({
  ref: text,
  deleted: optional(z.boolean()),
  repository: repositoryShape.extend({
    pushed_at: optional(
      z.union([unixSeconds, instant], 'is not a moment in time'),
    ),
  }),
  commits: z.array(commitShape),
});

type Commit = z.output<typeof commitShape>;

/** What merge commits of GitHub's merge button say. */
const mergeMessage = /^Merge pull request #(\d+) /;
/** What its squash and rebase buttons put at the end of the first line. */
const squashMessage = /\(#(\d+)\)$/;

function pathsOf(commits: Commit[]): string[] {
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

/** The commits of a push in the order they came, each run up to and with its merge commit. */
function groupsOf(commits: Commit[]): Commit[][] {
  const groups: Commit[][] = [];
  let waiting: Commit[] = [];
  for (const commit of commits) {
    if (mergeMessage.test(commit.message)) {
      groups.push([...waiting, commit]);
      waiting = [];
    } else if (squashMessage.test(firstLine(commit.message))) {
      groups.push([commit]);
    } else {
      waiting.push(commit);
    }
  }
  return [...groups, ...waiting.map(commit => [commit])];
}

/** `push`: what reached the main branch, by pull request where the message names one. */
export function readPush(payload: unknown, settings: GithubSettings): Reading {
  const { ref, deleted, repository, commits } = readShape(
    pushEvent,
    payload,
    'The GitHub push event',
  );
  const branch = ref.replace(/^refs\/heads\//, '');
  if (!ref.startsWith('refs/heads/')) {
    return ignored(`A push to ${ref} changes no branch`);
  }
  if (!isMainBranch(branch, repository, settings)) {
    return ignored(`The branch ${branch} is not released from`);
  }
  if (deleted) return ignored(`The branch ${branch} was deleted`);
  const head = commits.at(-1);
  if (!head) return ignored('The push brought no commits');
  const mergedAt = repository.pushed_at ?? head.timestamp;

  const changeFrom = (group: Commit[]): ChangeFact => {
    const last = group[group.length - 1];
    const title = firstLine(last.message);
    const [, merged] = last.message.match(mergeMessage) ?? [];
    const number = merged ?? title.match(squashMessage)?.[1];
    // A squashed commit is as old as its merge: it tells nothing of when the work began.
    const own = number && !merged ? [] : group;
    return {
      type: 'change',
      id: number ? pullRequestId(number) : `commit:${last.id}`,
      service: serviceOf(repository, pathsOf(group)),
      number,
      // The pull request's own title stands in the body of its merge commit.
      title: merged
        ? last.message.split('\n').slice(1).find(Boolean)?.trim()
        : title || undefined,
      author: number ? undefined : last.author?.username ?? last.author?.name,
      mergedAt,
      mergeSha: last.id,
      ...(own.length > 0 && {
        firstCommitAt: own.map(commit => commit.timestamp).sort()[0],
        commits: own.map(commit => ({
          sha: commit.id,
          authoredAt: commit.timestamp,
        })),
      }),
      url: number ? undefined : last.url,
      observedAt: mergedAt,
    };
  };
  return facts(...groupsOf(commits).map(changeFrom));
}
