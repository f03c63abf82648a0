import {
  facts,
  identifier,
  ignored,
  instant,
  isMainBranch,
  optional,
  optionalSha,
  optionalText,
  readShape,
  text,
  webUrl,
  type ChangeFact,
  type Reading,
} from '@waymark/plugin-dora-node';
import { z } from 'zod';
import type { GithubSettings } from './config';
import { repositoryShape, serviceOf } from './repository';

/** A pull request, as it stands in every event about it. */
export const pullRequestShape = z.object({
  number: identifier,
  title: text,
  html_url: webUrl,
  created_at: instant,
  updated_at: instant,
  merged_at: optional(instant),
  closed_at: optional(instant),
  merge_commit_sha: optionalSha,
  user: optional(z.object({ login: optionalText })),
  head: z.object({ ref: text }),
  base: z.object({ ref: text }),
});

const pullRequestEvent = z.object({
  action: text,
  repository: repositoryShape,
  pull_request: pullRequestShape,
});

/** What a pull request of this number is called here. */
export function pullRequestId(number: string): string {
  return `pr:${number}`;
}

/** What any event about a pull request says of it. */
export function changeOf(
  pullRequest: z.output<typeof pullRequestShape>,
  repository: z.output<typeof repositoryShape>,
): ChangeFact {
  const { merged_at: mergedAt, closed_at: closedAt } = pullRequest;
  return {
    type: 'change',
    id: pullRequestId(pullRequest.number),
    service: serviceOf(repository),
    number: pullRequest.number,
    title: pullRequest.title,
    author: pullRequest.user?.login,
    ref: pullRequest.head.ref,
    openedAt: pullRequest.created_at,
    // Before the merge this is a trial merge that no branch ever holds.
    ...(mergedAt
      ? { mergedAt, mergeSha: pullRequest.merge_commit_sha }
      : { closedAt: closedAt ?? null }),
    url: pullRequest.html_url,
    observedAt: pullRequest.updated_at,
  };
}

/** `pull_request`: a change, open, merged or given up. */
export function readPullRequest(
  payload: unknown,
  settings: GithubSettings,
): Reading {
  const { repository, pull_request: pullRequest } = readShape(
    pullRequestEvent,
    payload,
    'The GitHub pull_request event',
  );
  const target = pullRequest.base.ref;
  if (
    !isMainBranch(target, {
      patterns: settings.branches,
      defaultBranch: repository.default_branch,
    })
  ) {
    return ignored(
      `The pull request is for the branch ${target}, which is not released from`,
    );
  }
  return facts(changeOf(pullRequest, repository));
}
