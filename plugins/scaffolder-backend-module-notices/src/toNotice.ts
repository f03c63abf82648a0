import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { ScaffolderTask } from '@backstage/plugin-scaffolder-common';

/** What a person is told of the end of a task; `undefined` when no person created it. */
export function toNotice(
  task: ScaffolderTask,
): NotificationSendOptions | undefined {
  const { id, status, spec } = task;
  const createdBy = spec.user?.ref;
  if (!createdBy?.startsWith('user:')) return undefined;
  const { name } = spec.parameters as { name?: unknown };
  const template =
    spec.templateInfo?.entity?.metadata.title ??
    spec.templateInfo?.entity?.metadata.name ??
    'a template';
  const what = typeof name === 'string' ? name : 'What you asked for';
  const ready = status === 'completed';
  return {
    recipients: { type: 'entity', entityRef: createdBy },
    payload: {
      title: ready ? `${what} is ready` : `${what} could not be created`,
      description: ready
        ? `${template} ended well. The page links to what it made.`
        : `${template} failed. The page says at which step, what was undone, and lets you start over.`,
      link: `/create/tasks/${id}`,
      severity: ready ? 'normal' : 'high',
      topic: 'scaffolder',
      scope: `scaffolder-task:${id}`,
    },
  };
}
