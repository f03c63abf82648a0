import {
  changesIn,
  factsIn,
  historyOf,
  identifier,
  instant,
  listStage,
  optional,
  optionalSha,
  optionalText,
  pagesOf,
  readShape,
  sha,
  text,
  webUrl,
  type Asking,
  type ChangeFact,
  type DeliveryHistory,
  type DeploymentFact,
  type HistoryPage,
  type HistoryQuestion,
  type PoliteClient,
  type Stage,
} from '@waymark/plugin-dora-node';
import { z } from 'zod';
import type { GitlabSettings } from './config';
import { deploymentId, statusOf } from './deployment';
import { readIssue } from './issue';
import { readMergeRequest } from './mergeRequest';
import { projectShape, serviceOf } from './project';

const deploymentShape = z.object({
  id: identifier,
  status: text,
  sha: optionalSha,
  ref: optionalText,
  created_at: instant,
  updated_at: instant,
  environment: z.object({ name: text }),
  user: optional(z.object({ username: optionalText })),
  deployable: optional(
    z.object({
      started_at: optional(instant),
      finished_at: optional(instant),
      web_url: webUrl,
      commit: optional(z.object({ title: optionalText })),
    }),
  ),
});

const mergeRequestShape = z.object({
  iid: identifier,
  updated_at: instant,
  sha: optionalSha,
  web_url: webUrl,
});

const issueShape = z.object({
  updated_at: instant,
  web_url: webUrl,
  labels: z.array(text).default([]),
});

const commitsShape = z.array(z.object({ id: sha, authored_date: instant }));

type Project = z.output<typeof projectShape>;
type Place = {
  client: PoliteClient;
  url: string;
  project: Project;
  since: string;
  asking: Asking;
};

/** The fields that the API and the webhooks call by other names. */
const asAttributes = (given: unknown, names: object) => ({
  ...(typeof given === 'object' && given),
  ...names,
});

/**
 * The past of a project, from GitLab's REST API: deployments, merged merge
 * requests with their commits, and incidents.
 */
export class GitlabHistory implements DeliveryHistory {
  readonly #apiBaseUrl: string;
  readonly #clientFor: (project: string) => PoliteClient;
  readonly #settings: GitlabSettings;

  /** @param options.apiBaseUrl - such as `https://gitlab.com/api/v4` */
  constructor(options: {
    apiBaseUrl: string;
    /** A client that may read the project. */
    clientFor: (project: string) => PoliteClient;
    settings: GitlabSettings;
  }) {
    this.#apiBaseUrl = options.apiBaseUrl;
    this.#clientFor = options.clientFor;
    this.#settings = options.settings;
  }

  get annotation(): string {
    return this.#settings.annotation;
  }

  /** {@inheritDoc @waymark/plugin-dora-node#DeliveryHistory.pages} */
  async *pages(
    options: HistoryQuestion,
  ): AsyncGenerator<HistoryPage, void, undefined> {
    const { cursor } = options;
    const client = this.#clientFor(options.project);
    const url = `${this.#apiBaseUrl}/projects/${encodeURIComponent(
      options.project,
    )}`;
    const { body } = await client.get(url, options);
    const project = readShape(projectShape, body, 'The GitLab project');
    const since = options.since.toISOString();
    yield* pagesOf(
      this.#stages({ client, url, project, since, asking: options }),
      cursor,
    );
  }

  #stages(place: Place): Stage[] {
    const { url, project, since } = place;
    const settings = this.#settings;
    const newest = `order_by=updated_at&sort=desc&updated_after=${since}`;
    const issues = (name: string, query: string) =>
      listStage(
        {
          name,
          url: `${url}/issues?scope=all&${newest}&${query}`,
          shape: issueShape,
          touchedAt: issue => issue.updated_at,
          read: (given, { web_url, labels }) =>
            factsIn(
              readIssue(
                {
                  project,
                  object_attributes: asAttributes(given, {
                    url: web_url,
                    labels: labels.map(title => ({ title })),
                  }),
                },
                settings,
              ),
            ),
        },
        place,
      );
    return [
      listStage(
        {
          name: 'deployments',
          url: `${url}/deployments?${newest}`,
          shape: deploymentShape,
          touchedAt: deployment => deployment.updated_at,
          read: (_, deployment) => this.#deployment(project, deployment),
        },
        place,
      ),
      listStage(
        {
          name: 'merge-requests',
          url: `${url}/merge_requests?state=merged&scope=all&${newest}`,
          shape: mergeRequestShape,
          touchedAt: mergeRequest => mergeRequest.updated_at,
          read: (given, mergeRequest) =>
            this.#mergeRequest(place, given, mergeRequest),
        },
        place,
      ),
      issues('incidents', 'issue_type=incident'),
      // The API takes labels as an `and`, so each is asked for by itself.
      ...settings.incidentLabels.map((label, at) =>
        issues(`issues-${at + 1}`, `labels=${encodeURIComponent(label)}`),
      ),
    ];
  }

  #deployment(
    project: Project,
    deployment: z.output<typeof deploymentShape>,
  ): DeploymentFact[] {
    const status = statusOf.get(deployment.status);
    if (!status) return [];
    const { deployable } = deployment;
    const finishedAt = deployable?.finished_at ?? deployment.updated_at;
    return [
      {
        type: 'deployment',
        id: deploymentId(deployment.id),
        service: serviceOf(project, this.#settings),
        environment: deployment.environment.name,
        status,
        startedAt: deployable?.started_at ?? deployment.created_at,
        ...(status !== 'pending' && { finishedAt }),
        sha: deployment.sha,
        ref: deployment.ref,
        author: deployment.user?.username,
        title: deployable?.commit?.title,
        url: deployable?.web_url,
        observedAt: deployment.updated_at,
      },
    ];
  }

  async #mergeRequest(
    { client, url, project, asking }: Place,
    given: unknown,
    mergeRequest: z.output<typeof mergeRequestShape>,
  ): Promise<ChangeFact[]> {
    const changes = changesIn(
      readMergeRequest(
        {
          project,
          object_attributes: asAttributes(given, {
            action: 'merge',
            url: mergeRequest.web_url,
            last_commit: { id: mergeRequest.sha },
          }),
        },
        this.#settings,
      ),
    );
    if (changes.length === 0) return [];
    const commits = readShape(
      commitsShape,
      await client.all(
        `${url}/merge_requests/${mergeRequest.iid}/commits?per_page=100`,
        asking,
      ),
      'The list of a merge request’s commits',
    );
    const history = historyOf(
      commits.map(({ id, authored_date: timestamp }) => ({ id, timestamp })),
    );
    return changes.map(change => ({ ...change, ...history }));
  }
}
