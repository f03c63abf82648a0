import {
  facts,
  firstLine,
  groupCommits,
  historyOf,
  ignored,
  instant,
  isMainBranch,
  optional,
  pathsOf,
  pushedCommit,
  readShape,
  text,
  unixSeconds,
  type ChangeFact,
  type PushedCommit,
  type Reading,
} from '@waymark/plugin-dora-node';
import { z } from 'zod';
import type { GithubSettings } from './config';
import { pullRequestId } from './pullRequest';
import { repositoryShape, serviceOf } from './repository';

const pushEvent = z.object({
  ref: text,
  deleted: optional(z.boolean()),
  repository: repositoryShape.extend({
    pushed_at: optional(
      z.union([unixSeconds, instant], 'is not a moment in time'),
    ),
  }),
  commits: z.array(pushedCommit),
});

/** What merge commits of GitHub's merge button say. */
const mergeMessage = /^Merge pull request #(\d+) /;
/** What its squash and rebase buttons put at the end of the first line. */
const squashMessage = /\(#(\d+)\)$/;

function roleOf(commit: PushedCommit): 'merge' | 'whole' | 'part' {
  if (mergeMessage.test(commit.message)) return 'merge';
  return squashMessage.test(firstLine(commit.message)) ? 'whole' : 'part';
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
  if (
    !isMainBranch(branch, {
      patterns: settings.branches,
      defaultBranch: repository.default_branch,
    })
  ) {
    return ignored(`The branch ${branch} is not released from`);
  }
  if (deleted) return ignored(`The branch ${branch} was deleted`);
  const head = commits.at(-1);
  if (!head) return ignored('The push brought no commits');
  const mergedAt = repository.pushed_at ?? head.timestamp;

  const changeFrom = (group: PushedCommit[]): ChangeFact => {
    const last = group[group.length - 1];
    const title = firstLine(last.message);
    const [, merged] = last.message.match(mergeMessage) ?? [];
    const number = merged ?? title.match(squashMessage)?.[1];
    // A squashed commit is as old as its merge: it tells nothing of when the work began.
    const isSquashed = number && !merged;
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
      ...(!isSquashed && historyOf(group)),
      url: number ? undefined : last.url,
      observedAt: mergedAt,
    };
  };
  return facts(...groupCommits(commits, roleOf).map(changeFrom));
}
