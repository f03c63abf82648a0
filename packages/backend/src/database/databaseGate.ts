import { serializeError } from '@backstage/errors';
import type { Request, RequestHandler, Response } from 'express';
import { databaseMonitor, type DatabaseMonitor } from './DatabaseMonitor';
import { databaseUnavailable, retryAfterSeconds } from './databaseUnavailable';

type Monitor = Pick<DatabaseMonitor, 'state' | 'troubled'>;

function refuse(request: Request, response: Response, json: Response['json']) {
  response
    .status(503)
    .set('Retry-After', String(retryAfterSeconds))
    .set('Cache-Control', 'no-store');
  return json({
    error: serializeError(databaseUnavailable()),
    request: { method: request.method, url: request.originalUrl },
    response: { statusCode: 503 },
  });
}

/**
 * Answers at once with 503 while the database is down, in the place of plugins
 * that would keep the client waiting or answer with half a truth. What fails in
 * the moment before that is known is answered in the same way.
 */
export function createDatabaseGate(monitor: Monitor): RequestHandler {
  return (request, response, next) => {
    const json = response.json.bind(response);
    if (monitor.state === 'down') {
      refuse(request, response, json);
      return;
    }
    // Some routers swallow the reason of a failure and say 500, some name it but
    // not when to come again.
    response.json = body =>
      [500, 503].includes(response.statusCode) && monitor.troubled
        ? refuse(request, response, json)
        : json(body);
    next();
  };
}

/** The gate of this process; belongs in front of everything below `/api`. */
export const databaseGate = createDatabaseGate(databaseMonitor);
