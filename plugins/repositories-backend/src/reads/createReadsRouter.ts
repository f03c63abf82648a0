import type { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  createContractRouter,
  readContract,
  type EndpointsOf,
} from '@waymark/plugin-openapi-node';
import type { RepositoriesPaths } from '@waymark/plugin-repositories-common';
import type { Request, Router } from 'express';
import type { AuthorizedRepositories } from './AuthorizedRepositories';

/** Maps `GET /`, `/:name`, `/:name/tree/:ref/*` and `/:name/raw/:ref/*` to the reads. */
export function createReadsRouter(options: {
  httpAuth: HttpAuthService;
  repositories: AuthorizedRepositories;
}): Router {
  const { httpAuth, repositories } = options;
  const as = async (req: Pick<Request, 'headers'>) => ({
    credentials: await httpAuth.credentials(req as Request, {
      allow: ['user', 'service'],
    }),
  });

  const router = createContractRouter<EndpointsOf<RepositoriesPaths>>(
    readContract('@waymark/plugin-repositories-common'),
  );

  router.get('/', async (req, res) => {
    // The contract has filled in the limit.
    const { after, limit = 20 } = req.query;
    res.json(await repositories.list({ after, limit }, await as(req)));
  });

  router.get('/:name', async (req, res) => {
    res.json(await repositories.describe(req.params.name, await as(req)));
  });

  serveContents(router, { as, repositories });
  return router;
}

/** What has a path of several segments, which no type of a contract's router knows. */
function serveContents(
  router: Router,
  options: {
    as: (
      req: Request,
    ) => Promise<Parameters<AuthorizedRepositories['file']>[1]>;
    repositories: AuthorizedRepositories;
  },
): void {
  const { as, repositories } = options;
  const where = (req: Request) => ({
    name: req.params.name,
    ref: req.params.ref,
    path: req.params[0] ?? '',
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
}
