import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';

const header = 'x-request-id';
const sane = /^[A-Za-z0-9][A-Za-z0-9._:-]{7,127}$/;

/**
 * Gives every request an id: the caller's `x-request-id` where it is one, else
 * a new one. It is sent back, and the log carries it.
 */
export function requestId(): RequestHandler {
  return (req, res, next) => {
    const given = req.get(header);
    const id = given && sane.test(given) ? given : randomUUID();
    req.headers[header] = id;
    res.setHeader(header, id);
    next();
  };
}

/** The id that {@link requestId} gave this request. */
export function requestIdOf(req: Request): string {
  return req.get(header) ?? 'unknown';
}
