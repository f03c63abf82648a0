import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import type { AuthorizedRepositories } from './AuthorizedRepositories';

const listQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  after: z.string().optional(),
});

/** Maps `GET /`, `/:name`, `/:name/tree/:ref/*` and `/:name/raw/:ref/*` to the reads. */
export function createReadsRouter(options: {
  httpAuth: HttpAuthService;
  repositories: AuthorizedRepositories;
}): express.Router {
  const { httpAuth, repositories } = options;
  const as = async (req: express.Request) => ({
    credentials: await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    }),
  });
  const where = (req: express.Request) => ({
    name: req.params.name,
    ref: req.params.ref,
    path: req.params[0] ?? '',
  });

  const router = Router();

  router.get('/', async (req, res) => {
    const query = listQuery.safeParse(req.query);
    if (!query.success) {
      throw new InputError(
        `The list cannot be read as asked: ${z.prettifyError(query.error)}`,
      );
    }
    res.json(await repositories.list(query.data, await as(req)));
  });

  router.get('/:name', async (req, res) => {
    res.json(await repositories.describe(req.params.name, await as(req)));
  });

  router.get(['/:name/tree/:ref', '/:name/tree/:ref/*'], async (req, res) => {
    res.json(await repositories.tree(where(req), await as(req)));
  });

  router.get('/:name/raw/:ref/*', async (req, res) => {
    const { content, commit } = await repositories.file(
      where(req),
      await as(req),
    );
    // Whatever a repository holds, it is text to look at and never a page of this portal.
    res
      .set({
        'Content-Type': content.includes(0)
          ? 'application/octet-stream'
          : 'text/plain; charset=utf-8',
        'X-Content-Type-Options': 'nosniff',
        'Content-Security-Policy': "default-src 'none'; sandbox",
        ETag: `"${commit}"`,
      })
      .send(content);
  });

  return router;
}
