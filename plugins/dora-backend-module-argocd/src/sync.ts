import {
  facts,
  ignored,
  instant,
  kindIn,
  optionalSha,
  optionalText,
  readShape,
  text,
  webUrl,
  type DeploymentFact,
  type Reading,
} from '@waymark/plugin-dora-node';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** Templates of Argo CD print this for what is not there. */
const absent = '<no value>';

const said = z.preprocess(
  value => (value === absent ? undefined : value),
  optionalText,
);

/** What the template in docs/how-to/dora-connect-argocd.md sends. */
const notification = z.object({
  app: text,
  namespace: said,
  /** The component, by name or reference; without it, the application's name tells. */
  component: said,
  environment: z
    .string('is missing: give the application a label named environment')
    .refine(
      value => value.trim() !== '' && value !== absent,
      'is missing: give the application a label named environment',
    )
    .pipe(text),
  phase: text,
  health: said,
  revision: said,
  startedAt: instant,
  finishedAt: said
    .transform(value => value || undefined)
    .pipe(instant.optional()),
  kind: said,
  author: said,
  url: webUrl,
});

type Notification = z.output<typeof notification>;

/** Undefined while Argo CD waits for the application to become healthy. */
function statusOf({
  phase,
  health,
}: Notification): DeploymentFact['status'] | undefined {
  switch (phase) {
    case 'Running':
      return 'pending';
    case 'Terminating':
      return 'cancelled';
    case 'Failed':
    case 'Error':
      return 'failure';
    case 'Succeeded':
      if (health === 'Progressing') return undefined;
      return health === 'Degraded' ? 'failure' : 'success';
    default:
      throw new InputError(
        `The Argo CD notification is not understood: phase: ${phase} is none of Running, Succeeded, Failed, Error and Terminating`,
      );
  }
}

/** One sync of an application: a deployment. */
export function readSync(payload: unknown): Reading {
  const sync = readShape(notification, payload, 'The Argo CD notification');
  const status = statusOf(sync);
  if (!status) {
    return ignored(
      'The application is synced and not healthy yet; the trigger on-deployed tells when it is',
    );
  }
  const { app, namespace, startedAt, finishedAt, revision } = sync;
  const name = namespace ? `${namespace}/${app}` : app;
  const sha = optionalSha.parse(revision);
  return facts({
    type: 'deployment',
    // An application syncs once at a time, so the start tells which one it is.
    id: `${name}@${startedAt}`,
    service: sync.component
      ? { entity: sync.component }
      : { annotation: 'argocd/app-name', value: app },
    environment: sync.environment,
    status,
    startedAt,
    ...(status !== 'pending' && { finishedAt }),
    sha,
    // The revision of a chart is its version.
    ref: sha ? undefined : revision,
    author: sync.author,
    kind: kindIn(sync.kind),
    title: name,
    url: sync.url,
    observedAt: finishedAt ?? startedAt,
  });
}
