import { InputError } from '@backstage/errors';
import type { RequestHandler } from 'express';

/**
 * Refuses pages larger than the cap, in query and body alike. Refusing instead
 * of cutting: a caller that asked for more would take a cut page for the whole.
 */
export function pageSize(largest: number): RequestHandler {
  return (req, _res, next) => {
    const body: unknown = req.body;
    const asked = [
      ...[req.query.limit].flat(),
      ...(typeof body === 'object' && body !== null && 'limit' in body
        ? [body.limit]
        : []),
    ];
    const excess = asked.find(limit => Number(limit) > largest);
    if (excess === undefined) {
      next();
    } else {
      next(
        new InputError(
          `limit is ${excess}; no page holds more than ${largest}, and some hold less. Ask for the rest with the cursor or offset of the answer`,
        ),
      );
    }
  };
}
