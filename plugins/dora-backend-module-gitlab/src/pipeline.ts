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
import type { GitlabSettings } from './config';
import { projectShape, serviceOf } from './project';

const pipelineEvent = z.object({
  object_attributes: z.object({
    id: identifier,
    name: optionalText,
    ref: text,
    sha: optionalSha,
    source: optionalText,
    status: text,
    created_at: instant,
    finished_at: optional(instant),
    url: webUrl,
  }),
  project: projectShape,
  user: optional(z.object({ username: optionalText })),
});

const endOf: ReadonlyMap<string, DeploymentFact['status']> = new Map([
  ['success', 'success'],
  ['failed', 'failure'],
  ['canceled', 'cancelled'],
  ['skipped', 'cancelled'],
]);

/** `pipeline`: a deployment where the configuration names its branch or tag. */
export function readPipeline(
  payload: unknown,
  settings: GitlabSettings,
): Reading {
  const {
    object_attributes: pipeline,
    project,
    user,
  } = readShape(pipelineEvent, payload, 'The GitLab pipeline event');
  const deploys = settings.pipelines.find(({ ref }) =>
    fitsPattern(pipeline.ref, ref),
  );
  if (!deploys) {
    return ignored(
      `The branch or tag ${pipeline.ref} is not among dora.sources.gitlab.pipelines, so its pipeline is no deployment`,
    );
  }
  if (pipeline.source === 'merge_request_event') {
    return ignored('The pipeline ran for a merge request that is not merged');
  }
  const { finished_at: finishedAt } = pipeline;
  const status = endOf.get(pipeline.status) ?? 'pending';
  return facts({
    type: 'deployment',
    id: `pipeline:${pipeline.id}`,
    service: serviceOf(project, settings),
    environment: deploys.environment,
    status,
    startedAt: pipeline.created_at,
    ...(status !== 'pending' && { finishedAt }),
    sha: pipeline.sha,
    ref: pipeline.ref,
    author: user?.username,
    title: pipeline.name,
    kind: kindIn(pipeline.name),
    url: pipeline.url,
    observedAt: finishedAt ?? pipeline.created_at,
  });
}
