import {
  facts,
  ignored,
  instant,
  identifier,
  kindIn,
  optional,
  optionalSha,
  optionalText,
  readShape,
  text,
  webUrl,
  type DeploymentFact,
  type Reading,
  type ServiceHint,
} from '@waymark/plugin-dora-node';
import { z } from 'zod';
import { repositoryShape, serviceOf } from './repository';

const deploymentShape = z.object({
  id: identifier,
  environment: text,
  sha: optionalSha,
  ref: optionalText,
  task: optionalText,
  created_at: instant,
  creator: optional(z.object({ login: optionalText })),
  payload: z.unknown().optional(),
});

const deploymentEvent = z.object({
  action: optionalText,
  deployment: deploymentShape,
  repository: repositoryShape,
  workflow_run: optional(z.object({ html_url: webUrl })),
});

const statusEvent = deploymentEvent.extend({
  deployment_status: z.object({
    state: text,
    environment: optionalText,
    created_at: instant,
    log_url: webUrl,
    target_url: webUrl,
  }),
});

const statusOf: ReadonlyMap<string, DeploymentFact['status']> = new Map([
  ['success', 'success'],
  ['failure', 'failure'],
  ['error', 'failure'],
  ['pending', 'pending'],
  ['queued', 'pending'],
  ['waiting', 'pending'],
  ['in_progress', 'pending'],
]);

const namedEntity = z.object({ catalogEntity: text });

/**
 * In a repository of several services the deployment's payload can name the
 * one: `{"catalogEntity": "component:default/order-service"}`.
 */
function serviceFrom(event: z.output<typeof deploymentEvent>): ServiceHint {
  const named = namedEntity.safeParse(event.deployment.payload);
  return named.success
    ? { entity: named.data.catalogEntity }
    : serviceOf(event.repository);
}

function common(event: z.output<typeof deploymentEvent>) {
  const { deployment } = event;
  return {
    type: 'deployment' as const,
    id: deploymentId(deployment.id),
    service: serviceFrom(event),
    environment: deployment.environment,
    sha: deployment.sha,
    ref: deployment.ref,
    author: deployment.creator?.login,
    kind: kindIn(deployment.task),
    url: event.workflow_run?.html_url,
  };
}

/** What a GitHub deployment of this number is called here. */
export function deploymentId(number: string): string {
  return `deployment:${number}`;
}

/** `deployment`: an attempt began. */
export function readDeployment(payload: unknown): Reading {
  const event = readShape(
    deploymentEvent,
    payload,
    'The GitHub deployment event',
  );
  const { deployment } = event;
  return facts({
    ...common(event),
    status: 'pending',
    startedAt: deployment.created_at,
    observedAt: deployment.created_at,
  });
}

/** `deployment_status`: how the attempt goes, and how it ended. */
export function readDeploymentStatus(payload: unknown): Reading {
  const event = readShape(
    statusEvent,
    payload,
    'The GitHub deployment_status event',
  );
  const { deployment_status: given } = event;
  const said = common(event);
  if (given.state === 'inactive') {
    return ignored(
      'The deployment was replaced by a later one; how it ended is known',
    );
  }
  const status = statusOf.get(given.state);
  if (!status) {
    return ignored(`The deployment state ${given.state} is not known`);
  }
  return facts({
    ...said,
    environment: given.environment ?? said.environment,
    url: said.url ?? given.log_url ?? given.target_url,
    status,
    ...(given.state === 'in_progress' && { startedAt: given.created_at }),
    ...(status !== 'pending' && { finishedAt: given.created_at }),
    observedAt: given.created_at,
  });
}
