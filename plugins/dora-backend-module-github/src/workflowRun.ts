import {
  facts,
  fitsPattern,
  identifier,
  ignored,
  instant,
  kindIn,
  optional,
  optionalSha,
  optionalText,
  readShape,
  text,
  webUrl,
  type DeploymentFact,
  type Reading,
} from '@waymark/plugin-dora-node';
import { z } from 'zod';
import type { GithubSettings } from './config';
import { repositoryShape, serviceOf } from './repository';

const workflowRunEvent = z.object({
  repository: repositoryShape,
  workflow_run: z.object({
    id: identifier,
    run_attempt: optional(identifier),
    name: optionalText,
    display_title: optionalText,
    event: optionalText,
    status: text,
    conclusion: optionalText,
    head_sha: optionalSha,
    head_branch: optionalText,
    html_url: webUrl,
    created_at: instant,
    run_started_at: optional(instant),
    updated_at: instant,
    actor: optional(z.object({ login: optionalText })),
  }),
});

const failed = new Set(['failure', 'timed_out', 'startup_failure']);

function statusOf(run: {
  status: string;
  conclusion?: string;
}): DeploymentFact['status'] {
  if (run.status !== 'completed') return 'pending';
  if (run.conclusion === 'success') return 'success';
  return run.conclusion && failed.has(run.conclusion) ? 'failure' : 'cancelled';
}

/** `workflow_run`: a deployment where the workflow's name says so in the configuration. */
export function readWorkflowRun(
  payload: unknown,
  settings: GithubSettings,
): Reading {
  const { repository, workflow_run: run } = readShape(
    workflowRunEvent,
    payload,
    'The GitHub workflow_run event',
  );
  const deploys = settings.workflows.find(({ name }) =>
    fitsPattern(run.name ?? '', name),
  );
  if (!deploys) {
    return ignored(
      `The workflow ${
        run.name ?? ''
      } is not among dora.sources.github.workflows, so it is no deployment`,
    );
  }
  if (run.event?.startsWith('pull_request')) {
    return ignored('The workflow ran for a pull request that is not merged');
  }
  const status = statusOf(run);
  return facts({
    type: 'deployment',
    // Each attempt is a deployment: one that failed is not undone by the next.
    id: `run:${run.id}:${run.run_attempt ?? '1'}`,
    service: serviceOf(repository),
    environment: deploys.environment,
    status,
    startedAt: run.run_started_at ?? run.created_at,
    ...(status !== 'pending' && { finishedAt: run.updated_at }),
    sha: run.head_sha,
    ref: run.head_branch,
    author: run.actor?.login,
    title: run.display_title ?? run.name,
    kind: kindIn(run.name),
    url: run.html_url,
    observedAt: run.updated_at,
  });
}
