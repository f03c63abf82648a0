import { AuthenticationError } from '@backstage/errors';
import type { RequestHandler } from 'express';

const doors = /^\/(\.backstage\/actions|\.well-known\/backstage)(\/|$)/i;

/**
 * Closes what the auth plugin shares with all others to those who show no
 * token. Upstream leaves the whole plugin open, because people who sign in have
 * none yet; its actions and permissions are no part of signing in. Whether the
 * token is any good, the plugin says itself.
 */
export function authDoors(): RequestHandler {
  return (request, _response, next) => {
    const shown = /^Bearer\s+\S+$/i.test(request.get('authorization') ?? '');
    next(
      doors.test(request.path) && !shown
        ? new AuthenticationError(
            'Missing credentials: send a token in the Authorization header',
          )
        : undefined,
    );
  };
}
