import { isUtf8 } from 'node:buffer';
import { InputError } from '@backstage/errors';
import express, {
  type ErrorRequestHandler,
  type RequestHandler,
} from 'express';
import { bodyLimitOf, isStreamed } from './bodyLimit';
import { HttpError } from './HttpError';
import type { HttpSettings } from './settings';

/** Signatures are computed over these bodies as they arrived. */
const rawPrefix = '/api/events/http';

/** PostgreSQL keeps no NUL and no half of a character. */
const noText = /[\0\p{Surrogate}]/u;
/** How either begins in JSON: in UTF-8 they come by an escape only. */
const escapes = ['\\u0000', '\\ud', '\\uD'];

function holdsNoText(value: unknown): boolean {
  if (typeof value === 'string') return noText.test(value);
  if (Array.isArray(value)) return value.some(holdsNoText);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).some(
      ([key, entry]) => noText.test(key) || holdsNoText(entry),
    );
  }
  return false;
}

const toBeLookedAt = new WeakSet<object>();

type ParserError = Error & { type?: string; status?: number };

function explain(error: ParserError): Error {
  switch (error.type) {
    case 'entity.parse.failed':
      return new InputError(`The body is not valid JSON: ${error.message}`);
    case 'charset.unsupported':
    case 'encoding.unsupported':
      return new InputError(
        `The body's ${error.message}; send JSON as UTF-8, compressed with gzip at most`,
      );
    case 'entity.too.large':
      return new HttpError(
        'PayloadTooLargeError',
        413,
        'The request body is larger than this address takes, once it is decompressed',
      );
    default:
      return error.status && error.status < 500
        ? new InputError(`The body cannot be read: ${error.message}`)
        : error;
  }
}

/**
 * Reads JSON bodies once for every plugin, so that what is malformed gets one
 * clear answer everywhere. Streams and signed bodies stay untouched.
 */
export function jsonBody(
  settings: HttpSettings['bodyLimit'],
): (RequestHandler | ErrorRequestHandler)[] {
  const parsers = new Map<number, RequestHandler>();
  const parserFor = (limit: number) => {
    const parser =
      parsers.get(limit) ??
      express.json({
        limit,
        verify: (req, _res, raw) => {
          if (!isUtf8(raw)) {
            throw new InputError('The body is not valid UTF-8');
          }
          if (escapes.some(escape => raw.includes(escape))) {
            toBeLookedAt.add(req);
          }
        },
      });
    parsers.set(limit, parser);
    return parser;
  };
  const read: RequestHandler = (req, res, next) => {
    const path = req.path.toLocaleLowerCase('en-US');
    if (
      !path.startsWith('/api/') ||
      path.startsWith(rawPrefix) ||
      isStreamed(path, settings)
    ) {
      next();
    } else {
      parserFor(bodyLimitOf(path, settings))(req, res, next);
    }
  };
  const complain: ErrorRequestHandler = (
    error: ParserError,
    _req,
    _res,
    next,
  ) => next(explain(error));
  const refuseNoText: RequestHandler = (req, _res, next) => {
    if (toBeLookedAt.has(req) && holdsNoText(req.body)) {
      next(
        new InputError(
          'The body holds the character \\u0000 or half of another, which no text here may contain',
        ),
      );
    } else {
      next();
    }
  };
  return [read, complain, refuseNoText];
}
