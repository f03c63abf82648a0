import type { Request, RequestHandler } from 'express';
import { HttpError } from './HttpError';
import type { HttpSettings } from './settings';

/** The bytes a body at this path may have. */
export function bodyLimitOf(
  path: string,
  { bytes, exceptions }: HttpSettings['bodyLimit'],
): number {
  const asked = path.toLocaleLowerCase('en-US');
  return (
    exceptions.find(exception => asked.startsWith(exception.prefix))?.bytes ??
    bytes
  );
}

/** Whether bodies at this path are streams that only their route may read. */
export function isStreamed(
  path: string,
  { exceptions }: HttpSettings['bodyLimit'],
): boolean {
  const asked = path.toLocaleLowerCase('en-US');
  return exceptions.some(exception => asked.startsWith(exception.prefix));
}

function tooLarge(limit: number): HttpError {
  return new HttpError(
    'PayloadTooLargeError',
    413,
    `The request body is larger than the ${limit} bytes that this address takes`,
  );
}

/** Counts what arrives, whoever reads it: the length a caller states need not be true. */
function watch(req: Request, limit: number, onTooLarge: () => void): void {
  const emit = req.emit.bind(req);
  let seen = 0;
  req.emit = (event: string | symbol, ...args: unknown[]) => {
    if (event === 'data') {
      const [chunk] = args;
      const before = seen;
      seen +=
        typeof chunk === 'string' || Buffer.isBuffer(chunk) ? chunk.length : 0;
      if (seen > limit) {
        if (before <= limit) onTooLarge();
        return false;
      }
    }
    return emit(event, ...args);
  };
}

/** Refuses bodies above the limit of their path: by their stated length at once, else as they arrive. */
export function bodyLimit(settings: HttpSettings['bodyLimit']): RequestHandler {
  return (req, res, next) => {
    const limit = bodyLimitOf(req.path, settings);
    if (Number(req.headers['content-length'] ?? 0) > limit) {
      // Nobody reads what is still to come.
      res.setHeader('connection', 'close');
      next(tooLarge(limit));
      return;
    }
    watch(req, limit, () => {
      if (!res.headersSent) {
        res.setHeader('connection', 'close');
        res.once('finish', () => req.destroy());
        next(tooLarge(limit));
      } else {
        req.destroy();
      }
    });
    next();
  };
}
