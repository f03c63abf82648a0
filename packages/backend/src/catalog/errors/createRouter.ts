import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import Router from 'express-promise-router';
import type { ProcessingErrors } from './ProcessingErrors';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;
const MAX_OFFSET = 1_000_000;

function readNumber(
  query: unknown,
  name: string,
  { fallback, min, max }: { fallback: number; min: number; max: number },
): number {
  if (query === undefined) {
    return fallback;
  }
  const number = typeof query === 'string' ? Number(query || NaN) : NaN;
  if (!Number.isInteger(number) || number < min || number > max) {
    throw new InputError(
      `${name} must be a whole number from ${min} to ${max}`,
    );
  }
  return number;
}

/** `GET /processing-errors?limit=&offset=` of the catalog. */
export function createRouter(options: {
  errors: ProcessingErrors;
  httpAuth: HttpAuthService;
}) {
  const router = Router();
  router.get('/processing-errors', async (request, response) => {
    const page = await options.errors.list(
      {
        limit: readNumber(request.query.limit, 'limit', {
          fallback: DEFAULT_LIMIT,
          min: 1,
          max: MAX_LIMIT,
        }),
        offset: readNumber(request.query.offset, 'offset', {
          fallback: 0,
          min: 0,
          max: MAX_OFFSET,
        }),
      },
      { credentials: await options.httpAuth.credentials(request) },
    );
    response.json(page);
  });
  return router;
}
