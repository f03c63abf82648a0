import {
  bornWithMerge,
  facts,
  firstLine,
  groupCommits,
  historyOf,
  ignored,
  isMainBranch,
  pathsOf,
  pushedCommit,
  readShape,
  text,
  type ChangeFact,
  type PushedCommit,
  type Reading,
} from '@waymark/plugin-dora-node';
import { z } from 'zod';
import type { GitlabSettings } from './config';
import { mergeRequestId } from './mergeRequest';
import { projectShape, serviceOf } from './project';

const pushEvent = z.object({
  ref: text,
  project: projectShape,
  commits: z.array(pushedCommit),
});

/** GitLab ends the messages of its merge commits so. */
const mergeMessage = /^See merge request \S*!(\d+)\s*$/m;

/** `push`: what reached the main branch, by merge request where the message names one. */
export function readPush(payload: unknown, settings: GitlabSettings): Reading {
  const { ref, project, commits } = readShape(
    pushEvent,
    payload,
    'The GitLab push event',
  );
  const branch = ref.replace(/^refs\/heads\//, '');
  if (
    !isMainBranch(branch, {
      patterns: settings.branches,
      defaultBranch: project.default_branch,
    })
  ) {
    return ignored(`The branch ${branch} is not released from`);
  }
  if (commits.length === 0) return ignored('The push brought no commits');
  // GitLab does not say when it was pushed: not before the newest commit was made.
  const times = commits.map(commit => commit.timestamp).sort();
  const mergedAt = times[times.length - 1];

  const changeFrom = (group: PushedCommit[]): ChangeFact => {
    const last = group[group.length - 1];
    const number = last.message.match(mergeMessage)?.[1];
    return {
      type: 'change',
      id: number ? mergeRequestId(number) : `commit:${last.id}`,
      service: serviceOf(project, settings, pathsOf(group)),
      number,
      title: number ? undefined : firstLine(last.message) || undefined,
      author: number ? undefined : last.author?.name,
      mergedAt,
      mergeSha: last.id,
      // The merge request tells when work began that was squashed.
      ...(!(number && bornWithMerge(group)) && historyOf(group)),
      url: number ? undefined : last.url,
      observedAt: mergedAt,
    };
  };
  const groups = groupCommits(commits, ({ message }) =>
    mergeMessage.test(message) ? 'merge' : 'part',
  );
  return facts(...groups.map(changeFrom));
}
