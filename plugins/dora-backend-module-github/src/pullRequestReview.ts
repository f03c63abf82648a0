import {
  facts,
  ignored,
  instant,
  isMainBranch,
  optional,
  optionalText,
  readShape,
  text,
  type Reading,
} from '@waymark/plugin-dora-node';
import { z } from 'zod';
import type { GithubSettings } from './config';
import { changeOf, pullRequestShape } from './pullRequest';
import { repositoryShape } from './repository';

const reviewEvent = z.object({
  action: text,
  repository: repositoryShape,
  pull_request: pullRequestShape,
  review: z.object({
    state: text,
    submitted_at: optional(instant),
    user: optional(z.object({ login: optionalText, type: optionalText })),
  }),
});

/** `pull_request_review`: somebody else looked at the change, or approved it. */
export function readPullRequestReview(
  payload: unknown,
  settings: GithubSettings,
): Reading {
  const {
    action,
    repository,
    review,
    pull_request: pullRequest,
  } = readShape(reviewEvent, payload, 'The GitHub pull_request_review event');
  const { submitted_at: submittedAt } = review;
  if (action !== 'submitted' || !submittedAt) {
    return ignored('Only a review that is submitted moves a change on');
  }
  if (
    !isMainBranch(pullRequest.base.ref, {
      patterns: settings.branches,
      defaultBranch: repository.default_branch,
    })
  ) {
    return ignored(
      `The pull request is for the branch ${pullRequest.base.ref}, which is not released from`,
    );
  }
  if (review.user?.type === 'Bot') {
    return ignored('A program wrote the review, and nobody waited for it');
  }
  if (review.user && review.user.login === pullRequest.user?.login) {
    return ignored('The author commented on the change, which is no review');
  }
  return facts({
    ...changeOf(pullRequest, repository),
    firstReviewAt: submittedAt,
    ...(review.state.toLowerCase() === 'approved' && {
      approvedAt: submittedAt,
    }),
    observedAt: submittedAt,
  });
}
