import { InputError } from '@backstage/errors';
import type { RequestHandler } from 'express';
import { HttpError } from './HttpError';

/** Characters of path and query together; what proxies and servers commonly allow. */
export const longestUrl = 8192;

const nul = /%00|\0/;

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** Refuses addresses that no route could read: too long, wrongly encoded, or with NUL in them. */
export function malformedUrl(): RequestHandler {
  return (req, _res, next) => {
    const url = req.originalUrl;
    if (url.length > longestUrl) {
      next(
        new HttpError(
          'UriTooLongError',
          414,
          `The address has ${url.length} characters; at most ${longestUrl} are read. Long queries go in the body of the by-query routes.`,
        ),
      );
    } else if (nul.test(url)) {
      next(
        new InputError('The address contains %00, a character no value has'),
      );
    } else if (!isDecodable(url)) {
      next(
        new InputError(
          'The address is wrongly percent-encoded: every % stands before two hexadecimal digits, and together they are UTF-8',
        ),
      );
    } else {
      next();
    }
  };
}
