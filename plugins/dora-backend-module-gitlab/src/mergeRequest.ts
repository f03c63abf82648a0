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
import type { GitlabSettings } from './config';
import { projectShape, serviceOf } from './project';

const mergeRequestEvent = z.object({
  project: projectShape,
  object_attributes: z.object({
    iid: identifier,
    title: text,
    action: optionalText,
    state: text,
    source_branch: text,
    target_branch: text,
    created_at: instant,
    updated_at: instant,
    merged_at: optional(instant),
    merge_commit_sha: optionalSha,
    squash_commit_sha: optionalSha,
    last_commit: optional(z.object({ id: optionalSha })),
    url: webUrl,
  }),
});

type MergeRequest = z.output<typeof mergeRequestEvent>['object_attributes'];

/** What a merge request of this number is called here. */
export function mergeRequestId(number: string): string {
  return `mr:${number}`;
}

/** What the action, at the moment it was taken, says of the change. */
function stepOf(mergeRequest: MergeRequest): Partial<ChangeFact> {
  const { action, updated_at: at } = mergeRequest;
  switch (action) {
    case 'merge':
      return {
        mergedAt: mergeRequest.merged_at ?? at,
        mergeSha:
          mergeRequest.merge_commit_sha ??
          mergeRequest.squash_commit_sha ??
          // Fast-forwarded: the last commit is now the head of the branch.
          mergeRequest.last_commit?.id,
      };
    case 'approval':
      return { firstReviewAt: at };
    case 'approved':
      return { firstReviewAt: at, approvedAt: at };
    default:
      return {};
  }
}

/** Whether it is open, or was given up. */
function openness({
  state,
  updated_at: at,
}: MergeRequest): Pick<ChangeFact, 'closedAt'> {
  if (state === 'closed') return { closedAt: at };
  return state === 'opened' ? { closedAt: null } : {};
}

/** `merge_request`: a change, open, approved, merged or given up. */
export function readMergeRequest(
  payload: unknown,
  settings: GitlabSettings,
): Reading {
  const { project, object_attributes: mergeRequest } = readShape(
    mergeRequestEvent,
    payload,
    'The GitLab merge_request event',
  );
  const target = mergeRequest.target_branch;
  if (
    !isMainBranch(target, {
      patterns: settings.branches,
      defaultBranch: project.default_branch,
    })
  ) {
    return ignored(
      `The merge request is for the branch ${target}, which is not released from`,
    );
  }
  return facts({
    type: 'change',
    id: mergeRequestId(mergeRequest.iid),
    service: serviceOf(project, settings),
    number: mergeRequest.iid,
    title: mergeRequest.title,
    ref: mergeRequest.source_branch,
    openedAt: mergeRequest.created_at,
    ...stepOf(mergeRequest),
    ...openness(mergeRequest),
    url: mergeRequest.url,
    observedAt: mergeRequest.updated_at,
  });
}
