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
  type Reading,
} from '@waymark/plugin-dora-node';
import { z } from 'zod';
import type { GithubSettings } from './config';
import { repositoryShape, serviceOf } from './repository';

const releaseEvent = z.object({
  action: text,
  repository: repositoryShape,
  release: z.object({
    id: identifier,
    tag_name: text,
    target_commitish: optionalSha,
    name: optionalText,
    draft: z.boolean(),
    prerelease: z.boolean(),
    published_at: optional(instant),
    html_url: webUrl,
    author: optional(z.object({ login: optionalText })),
  }),
});

/** `release`: a deployment where the configuration says that a release is one. */
export function readRelease(
  payload: unknown,
  settings: GithubSettings,
): Reading {
  const { action, release, repository } = readShape(
    releaseEvent,
    payload,
    'The GitHub release event',
  );
  const { releaseEnvironment: environment } = settings;
  if (!environment) {
    return ignored(
      'Releases are no deployments: dora.sources.github.releaseEnvironment is not set',
    );
  }
  if (action !== 'published' && action !== 'released') {
    return ignored(`A release that is ${action} puts nothing into production`);
  }
  const { published_at: publishedAt } = release;
  if (release.draft || release.prerelease || !publishedAt) {
    return ignored(`The release ${release.tag_name} is not a final one`);
  }
  return facts({
    type: 'deployment',
    id: `release:${release.id}`,
    service: serviceOf(repository),
    environment,
    status: 'success',
    finishedAt: publishedAt,
    // The branch it was cut from has no say: only a commit does.
    sha: release.target_commitish,
    ref: release.tag_name,
    author: release.author?.login,
    title: release.name ?? release.tag_name,
    url: release.html_url,
    observedAt: publishedAt,
  });
}
