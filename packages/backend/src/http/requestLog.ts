import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RequestHandler } from 'express';
import { requestIdOf } from './requestId';

/** Writes one line per request, under its request id, with its duration in milliseconds. */
export function requestLog(logger: LoggerService): RequestHandler {
  return (req, res, next) => {
    const started = performance.now();
    res.on('finish', () => {
      const meta = {
        type: 'incomingRequest',
        requestId: requestIdOf(req),
        method: req.method,
        url: req.originalUrl,
        status: res.statusCode,
        durationMs: Math.round(performance.now() - started),
        userAgent: req.get('user-agent'),
        contentLength: Number(res.getHeader('content-length')) || undefined,
      };
      logger.info(
        `${meta.method} ${meta.url} ${meta.status} ${meta.durationMs} ms`,
        meta,
      );
    });
    next();
  };
}
