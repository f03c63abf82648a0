import type { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  createContractRouter,
  readContract,
  type EndpointsOf,
} from '@waymark/plugin-openapi-node';
import type { RepositoriesPaths } from '@waymark/plugin-repositories-common';
import type { Request, Router } from 'express';
import type { AuthorizedBrowser } from '../browse/AuthorizedBrowser';
import type { AuthorizedRepositories } from './AuthorizedRepositories';

/** Maps the routes of the API document that read, other than by Git. */
export function createReadsRouter(options: {
  httpAuth: HttpAuthService;
  repositories: AuthorizedRepositories;
  browser: AuthorizedBrowser;
}): Router {
  const { httpAuth, repositories, browser } = options;
  const as = async (req: Pick<Request, 'headers'>) => ({
    credentials: await httpAuth.credentials(req as Request, {
      allow: ['user', 'service'],
    }),
  });

  // The contract fills in what a query leaves out; the types do not know it.
  const router = createContractRouter<EndpointsOf<RepositoriesPaths>>(
    readContract('@waymark/plugin-repositories-common'),
  );

  router.get('/', async (req, res) => {
    const { after, limit = 20 } = req.query;
    res.json(await repositories.list({ after, limit }, await as(req)));
  });

  router.get('/:name', async (req, res) => {
    res.json(await repositories.describe(req.params.name, await as(req)));
  });

  router.get('/:name/browse/:ref', async (req, res) => {
    const { path = '', offset = 0, limit = 200 } = req.query;
    const where = { ...req.params, path, offset, limit };
    res.json(await browser.at(where, await as(req)));
  });

  router.get('/:name/commits/:ref', async (req, res) => {
    const { offset = 0, limit = 20 } = req.query;
    const where = { ...req.params, offset, limit };
    res.json(await browser.history(where, await as(req)));
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
