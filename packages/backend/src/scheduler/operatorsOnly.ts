import type {
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { RequestHandler } from 'express';
import { schedulerOperatePermission } from './operate';

const schedulerPath = /^\/\.backstage\/scheduler(\/|$)/;

/**
 * Lets only operators at a plugin's background tasks. Upstream asks for nothing
 * but a signed-in caller, so anybody could start or cancel them.
 */
export function operatorsOnly(options: {
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
}): RequestHandler {
  const { httpAuth, permissions } = options;
  return (request, _response, next) => {
    if (!schedulerPath.test(request.path)) {
      next();
      return;
    }
    const decide = async () => {
      const credentials = await httpAuth.credentials(request);
      const [decision] = await permissions.authorize(
        [{ permission: schedulerOperatePermission }],
        { credentials },
      );
      if (decision.result !== AuthorizeResult.ALLOW) {
        throw new NotAllowedError(
          'Background tasks are operated by the platform team. Ask one of its members to start or cancel this one.',
        );
      }
    };
    decide().then(() => next(), next);
  };
}
