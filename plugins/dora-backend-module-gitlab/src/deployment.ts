import {
  facts,
  identifier,
  ignored,
  instant,
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
import type { GitlabSettings } from './config';
import { projectShape, serviceOf } from './project';

const deploymentEvent = z.object({
  status: text,
  status_changed_at: instant,
  deployment_id: identifier,
  deployable_url: webUrl,
  environment: text,
  project: projectShape,
  short_sha: optionalSha,
  ref: optionalText,
  commit_url: webUrl,
  commit_title: optionalText,
  user: optional(z.object({ username: optionalText })),
});

/** What each of GitLab's statuses stands for. */
export const statusOf: ReadonlyMap<string, DeploymentFact['status']> = new Map([
  ['created', 'pending'],
  ['blocked', 'pending'],
  ['running', 'pending'],
  ['success', 'success'],
  ['failed', 'failure'],
  ['canceled', 'cancelled'],
  ['skipped', 'cancelled'],
]);

/** What a GitLab deployment of this number is called here. */
export function deploymentId(number: string): string {
  return `deployment:${number}`;
}

/** `deployment`: an attempt that began, or how it ended. */
export function readDeployment(
  payload: unknown,
  settings: GitlabSettings,
): Reading {
  const event = readShape(
    deploymentEvent,
    payload,
    'The GitLab deployment event',
  );
  const status = statusOf.get(event.status);
  if (!status) {
    return ignored(`The deployment status ${event.status} is not known`);
  }
  const changedAt = event.status_changed_at;
  return facts({
    type: 'deployment',
    id: deploymentId(event.deployment_id),
    service: serviceOf(event.project, settings),
    environment: event.environment,
    status,
    ...(event.status === 'running' && { startedAt: changedAt }),
    ...(status !== 'pending' && { finishedAt: changedAt }),
    // Only the commit's address holds the whole hash.
    sha:
      optionalSha.parse(event.commit_url?.split('/').at(-1)) ?? event.short_sha,
    ref: event.ref,
    author: event.user?.username,
    title: event.commit_title,
    url: event.deployable_url,
    observedAt: changedAt,
  });
}
