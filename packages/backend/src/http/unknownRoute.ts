import { NotFoundError } from '@backstage/errors';
import type { RequestHandler } from 'express';

/** Answers requests that no plugin knew. */
export function unknownRoute(): RequestHandler {
  return (req, _res, next) => {
    next(
      new NotFoundError(
        `Nothing answers ${req.method} ${req.originalUrl.split('?')[0]}`,
      ),
    );
  };
}
