import type { RootLifecycleService } from '@backstage/backend-plugin-api';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type { RequestHandler } from 'express';

const retryAfterSeconds = 2;

/**
 * Answers requests that no plugin knew. Before all plugins are there, nobody can
 * say that a route does not exist: who sends webhooks then shall come again, and
 * not give the address up.
 */
export function unknownRoute(
  lifecycle: Pick<RootLifecycleService, 'addStartupHook'>,
): RequestHandler {
  let started = false;
  lifecycle.addStartupHook(() => {
    started = true;
  });
  return (req, res, next) => {
    if (started) {
      const route = req.originalUrl.split('?')[0];
      next(new NotFoundError(`Nothing answers ${req.method} ${route}`));
      return;
    }
    res.set('Retry-After', String(retryAfterSeconds));
    next(new ServiceUnavailableError('The portal has not started yet'));
  };
}
