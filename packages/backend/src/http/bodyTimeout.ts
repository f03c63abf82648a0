import type { RequestHandler } from 'express';
import { isStreamed } from './bodyLimit';
import { HttpError } from './HttpError';
import type { HttpSettings } from './settings';

const longestMs = 120_000;

/**
 * Ends requests whose body trickles in. The server as a whole waits longer,
 * for paths that take streams.
 */
export function bodyTimeout(
  settings: HttpSettings['bodyLimit'],
): RequestHandler {
  return (req, res, next) => {
    if (!isStreamed(req.path, settings)) {
      const timer = setTimeout(() => {
        if (req.complete || res.headersSent) return;
        res.setHeader('connection', 'close');
        next(
          new HttpError(
            'RequestTimeoutError',
            408,
            `The request body did not arrive within ${
              longestMs / 1000
            } seconds`,
          ),
        );
      }, longestMs);
      timer.unref();
      req.once('end', () => clearTimeout(timer));
      res.once('close', () => clearTimeout(timer));
    }
    next();
  };
}
