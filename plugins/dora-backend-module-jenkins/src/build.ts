import {
  facts,
  fitsPattern,
  identifier,
  ignored,
  kindIn,
  optional,
  optionalSha,
  optionalText,
  readShape,
  text,
  unixMillis,
  webUrl,
  type DeploymentFact,
  type Reading,
} from '@waymark/plugin-dora-node';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type { DeployingJob, JenkinsSettings } from './config';

const notification = z.object({
  name: text,
  url: text,
  build: z.object({
    number: identifier,
    phase: text,
    status: optionalText,
    full_url: webUrl,
    // Since version 1.9 of the plugin.
    timestamp: unixMillis,
    parameters: optional(z.record(z.string(), z.unknown())),
    scm: optional(z.object({ branch: optionalText, commit: optionalSha })),
  }),
});

type Build = z.output<typeof notification>['build'];

const statusOf: ReadonlyMap<string, DeploymentFact['status']> = new Map([
  ['SUCCESS', 'success'],
  // It ran to its end, and what failed was no step of the deployment.
  ['UNSTABLE', 'success'],
  ['FAILURE', 'failure'],
  ['ABORTED', 'cancelled'],
  ['NOT_BUILT', 'cancelled'],
]);

/** `job/shop/job/deploy%20all/` is the job `shop/deploy all`. */
function fullNameIn(url: string): string {
  const segments = url.split('/').filter(Boolean);
  const names = segments.filter((_, at) => at % 2 === 1);
  const isJob = segments.every((word, at) => at % 2 === 1 || word === 'job');
  try {
    if (isJob && names.length > 0) {
      return text.parse(names.map(decodeURIComponent).join('/'));
    }
  } catch {
    // Falls through: the escapes are wrong, or stand for nothing.
  }
  throw new InputError(
    `The Jenkins notification is not understood: url: ${url} is not the path of a job`,
  );
}

function environmentOf(build: Build, job: DeployingJob): string {
  const { environment, environmentParameter: parameter } = job;
  const parameters = new Map(Object.entries(build.parameters ?? {}));
  const given = optionalText.safeParse(
    parameter && parameters.get(parameter),
  ).data;
  const found = given ?? environment;
  if (!found) {
    throw new InputError(
      `The Jenkins notification is not understood: build.parameters.${parameter}: is missing, and the job has no other environment`,
    );
  }
  return found;
}

/** How far the build is, and how it ended. */
function progressOf(
  build: Build,
): Pick<DeploymentFact, 'status' | 'startedAt' | 'finishedAt'> {
  if (build.phase === 'STARTED') {
    return { status: 'pending', startedAt: build.timestamp };
  }
  const status = statusOf.get(build.status ?? '');
  if (!status) {
    throw new InputError(
      `The Jenkins notification is not understood: build.status: ${
        build.status ?? 'nothing'
      } is not a result`,
    );
  }
  return { status, finishedAt: build.timestamp };
}

/** A notification of the Notification plugin: a deployment where the job is one. */
export function readBuild(
  payload: unknown,
  settings: JenkinsSettings,
): Reading {
  const { url, build } = readShape(
    notification,
    payload,
    'The Jenkins notification',
  );
  const fullName = fullNameIn(url);
  const job = settings.jobs.find(({ name }) => fitsPattern(fullName, name));
  if (!job) {
    return ignored(
      `The job ${fullName} is not among dora.sources.jenkins.jobs, so it deploys nothing`,
    );
  }
  if (!['STARTED', 'COMPLETED', 'FINALIZED'].includes(build.phase)) {
    return ignored(`A build that is ${build.phase} deploys nothing yet`);
  }
  return facts({
    type: 'deployment',
    id: `${fullName}#${build.number}`,
    service: { annotation: 'jenkins.io/job-full-name', value: fullName },
    environment: environmentOf(build, job),
    ...progressOf(build),
    sha: build.scm?.commit,
    ref: build.scm?.branch,
    title: `${fullName} #${build.number}`,
    kind: kindIn(fullName),
    url: build.full_url,
    observedAt: build.timestamp,
  });
}
