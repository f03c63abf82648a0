import { NotAllowedError } from '@backstage/errors';
import type { RequestHandler } from 'express';
import type { HttpSettings } from './settings';

/**
 * Refuses MCP requests that a foreign page makes through somebody's browser.
 * Programs send no Origin; a browser always does.
 */
export function mcpOrigin({ baseUrl, mcp }: HttpSettings): RequestHandler {
  const allowed = new Set([
    new URL(baseUrl).origin,
    ...mcp.allowedOrigins.map(origin => new URL(origin).origin),
  ]);
  return (req, _res, next) => {
    const origin = req.get('origin');
    if (origin === undefined || allowed.has(origin)) {
      next();
    } else {
      next(
        new NotAllowedError(
          'This origin may not use MCP; waymark.mcp.allowedOrigins lists those that may',
        ),
      );
    }
  };
}
