import {
  changesIn,
  factsIn,
  historyOf,
  identifier,
  instant,
  listStage,
  optional,
  optionalText,
  pagesOf,
  readShape,
  sha,
  type Asking,
  type ChangeFact,
  type DeliveryHistory,
  type Fact,
  type HistoryPage,
  type HistoryQuestion,
  type PoliteClient,
  type Stage,
} from '@waymark/plugin-dora-node';
import { z } from 'zod';
import type { GithubSettings } from './config';
import { readDeployment, readDeploymentStatus } from './deployment';
import { readIssue } from './issue';
import { readPullRequest } from './pullRequest';
import { readPullRequestReview } from './pullRequestReview';
import { readRelease } from './release';
import { repositoryShape } from './repository';

const deploymentShape = z.object({ id: identifier, created_at: instant });
const pullRequestShape = z.object({
  number: identifier,
  updated_at: instant,
  merged_at: optional(instant),
});
const issueShape = z.object({
  updated_at: instant,
  pull_request: z.unknown().optional(),
});
const releaseShape = z.object({ created_at: instant });
const commitsShape = z.array(
  z.object({
    sha,
    commit: z.object({
      author: z.object({ date: instant, name: optionalText }),
    }),
  }),
);

type Place = {
  client: PoliteClient;
  /** The repository's address in the API. */
  url: string;
  repository: z.output<typeof repositoryShape>;
  since: string;
  asking: Asking;
};

const inOrder = (instants: (string | undefined)[]) =>
  instants.filter(at => at !== undefined).sort();

function commitsIn(
  given: unknown,
): Pick<ChangeFact, 'firstCommitAt' | 'commits'> {
  const commits = readShape(
    commitsShape,
    given,
    'The list of a pull request’s commits',
  );
  return historyOf(
    commits.map(({ sha: id, commit }) => ({
      id,
      timestamp: commit.author.date,
    })),
  );
}

/**
 * The past of a repository, from GitHub's REST API: deployments with their
 * statuses, merged pull requests with their commits and reviews, releases and
 * incidents. What is read is what the webhooks would have told.
 */
export class GithubHistory implements DeliveryHistory {
  readonly annotation = 'github.com/project-slug';
  readonly #apiBaseUrl: string;
  readonly #clientFor: (project: string) => PoliteClient;
  readonly #settings: GithubSettings;

  /** @param options.apiBaseUrl - such as `https://api.github.com` */
  constructor(options: {
    apiBaseUrl: string;
    /** A client that may read the project. */
    clientFor: (project: string) => PoliteClient;
    settings: GithubSettings;
  }) {
    this.#apiBaseUrl = options.apiBaseUrl;
    this.#clientFor = options.clientFor;
    this.#settings = options.settings;
  }

  async *pages(
    options: HistoryQuestion,
  ): AsyncGenerator<HistoryPage, void, undefined> {
    const { project, cursor } = options;
    const client = this.#clientFor(project);
    const slug = project.split('/').map(encodeURIComponent).join('/');
    const url = `${this.#apiBaseUrl}/repos/${slug}`;
    const { body } = await client.get(url, options);
    const repository = readShape(
      repositoryShape,
      body,
      'The GitHub repository',
    );
    const since = options.since.toISOString();
    yield* pagesOf(
      this.#stages({ client, url, repository, since, asking: options }),
      cursor,
    );
  }

  #stages(place: Place): Stage[] {
    const { url, repository } = place;
    const settings = this.#settings;
    return [
      listStage(
        {
          name: 'deployments',
          url: `${url}/deployments`,
          shape: deploymentShape,
          touchedAt: deployment => deployment.created_at,
          read: (given, { id }) => this.#deployment(place, given, id),
        },
        place,
      ),
      listStage(
        {
          name: 'pull-requests',
          url: `${url}/pulls?state=closed&sort=updated&direction=desc`,
          shape: pullRequestShape,
          touchedAt: pullRequest => pullRequest.updated_at,
          read: (given, { number, merged_at: mergedAt }) =>
            mergedAt ? this.#pullRequest(place, given, number) : [],
        },
        place,
      ),
      listStage(
        {
          name: 'releases',
          url: `${url}/releases`,
          shape: releaseShape,
          touchedAt: release => release.created_at,
          read: release =>
            factsIn(
              readRelease(
                { action: 'released', release, repository },
                settings,
              ),
            ),
        },
        place,
      ),
      // The API takes labels as an `and`, so each is asked for by itself.
      ...settings.incidentLabels.map((label, at) =>
        listStage(
          {
            name: `issues-${at + 1}`,
            url: `${url}/issues?state=all&sort=updated&direction=desc&labels=${encodeURIComponent(
              label,
            )}`,
            shape: issueShape,
            touchedAt: issue => issue.updated_at,
            read: (issue, { pull_request: isPullRequest }) =>
              isPullRequest
                ? []
                : factsIn(
                    readIssue(
                      { action: 'opened', issue, repository },
                      settings,
                    ),
                  ),
          },
          place,
        ),
      ),
    ];
  }

  async #deployment(
    { client, url, repository, asking }: Place,
    deployment: unknown,
    id: string,
  ): Promise<Fact[]> {
    const statuses = await client.all(
      `${url}/deployments/${id}/statuses?per_page=100`,
      asking,
    );
    return [
      ...factsIn(readDeployment({ deployment, repository })),
      ...statuses.flatMap(status =>
        factsIn(
          readDeploymentStatus({
            deployment,
            deployment_status: status,
            repository,
          }),
        ),
      ),
    ];
  }

  async #pullRequest(
    { client, url, repository, asking }: Place,
    pullRequest: unknown,
    number: string,
  ): Promise<Fact[]> {
    const about = { repository, pull_request: pullRequest };
    const changes = changesIn(
      readPullRequest({ action: 'closed', ...about }, this.#settings),
    );
    if (changes.length === 0) return [];
    const its = `${url}/pulls/${number}`;
    const commits = await client.all(`${its}/commits?per_page=100`, asking);
    const given = await client.all(`${its}/reviews?per_page=100`, asking);
    const reviews = given.flatMap(review =>
      changesIn(
        readPullRequestReview(
          { action: 'submitted', review, ...about },
          this.#settings,
        ),
      ),
    );
    return changes.map(change => ({
      ...change,
      ...commitsIn(commits),
      firstReviewAt: inOrder(reviews.map(review => review.firstReviewAt))[0],
      // Of several approvals the last lets it go on, as it does in webhooks.
      approvedAt: inOrder(reviews.map(review => review.approvedAt)).at(-1),
    }));
  }
}
