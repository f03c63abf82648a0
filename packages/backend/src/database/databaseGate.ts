import { serializeError } from '@backstage/errors';
import type { RequestHandler } from 'express';
import { databaseMonitor, type DatabaseMonitor } from './DatabaseMonitor';
import { databaseUnavailable, retryAfterSeconds } from './databaseUnavailable';

/**
 * Answers at once with 503 while the database is down, in the place of plugins
 * that would keep the client waiting or answer with half a truth.
 */
export function createDatabaseGate(
  monitor: Pick<DatabaseMonitor, 'state'>,
): RequestHandler {
  return (request, response, next) => {
    if (monitor.state !== 'down') {
      next();
      return;
    }
    response
      .status(503)
      .set('Retry-After', String(retryAfterSeconds))
      .set('Cache-Control', 'no-store')
      .json({
        error: serializeError(databaseUnavailable()),
        request: { method: request.method, url: request.originalUrl },
        response: { statusCode: 503 },
      });
  };
}

/** The gate of this process; belongs in front of everything below `/api`. */
export const databaseGate = createDatabaseGate(databaseMonitor);
