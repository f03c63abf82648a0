import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { PublishRequest } from '../RepositoryHost';

/**
 * Runs one of upstream's publish actions on a request, so that a host is
 * spoken to by the code that everybody uses. The action runs as the portal,
 * without the person's credentials or secrets.
 */
export async function runAction<
  Input extends JsonObject,
  Output extends JsonObject,
>(
  action: TemplateAction<Input, Output>,
  options: { request: PublishRequest; input: Input; logger: LoggerService },
): Promise<void> {
  const { request, input, logger } = options;
  // The action makes its own Git folder in what it is given, which belongs to the task.
  const scratch = await fs.mkdtemp(path.join(os.tmpdir(), 'waymark-publish-'));
  try {
    await fs.cp(request.directory, scratch, { recursive: true });
    await action.handler({
      input,
      logger,
      workspacePath: scratch,
      task: { id: request.taskId },
      // The whole of it is one checkpoint of the step that asked for it.
      checkpoint: ({ fn }) => Promise.resolve(fn()),
      output: () => undefined,
      createTemporaryDirectory: () =>
        fs.mkdtemp(path.join(scratch, '.temporary-')),
      getInitiatorCredentials: (): Promise<BackstageCredentials> =>
        Promise.reject(
          new Error('Publishing acts as the portal, not as a person'),
        ),
    });
  } finally {
    await fs.rm(scratch, { recursive: true, force: true });
  }
}
