import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import type { AuthorizedBrowser } from './AuthorizedBrowser';

const partOf = (usual: number, most: number) =>
  z.object({
    offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
    limit: z.coerce.number().int().min(1).max(most).default(usual),
  });

const folderPart = partOf(200, 1000);
const historyPart = partOf(20, 100);

function read<T>(schema: z.ZodType<T>, query: unknown): T {
  const found = schema.safeParse(query);
  if (found.success) return found.data;
  throw new InputError(
    `This part cannot be read: ${z.prettifyError(found.error)}`,
  );
}

/** Maps `GET /:name/browse/:ref/*` and `/:name/commits/:ref` to the browser. */
export function createBrowseRouter(options: {
  httpAuth: HttpAuthService;
  browser: AuthorizedBrowser;
}): express.Router {
  const { httpAuth, browser } = options;
  const as = async (req: express.Request) => ({
    credentials: await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    }),
  });
  const router = Router();

  router.get(
    ['/:name/browse/:ref', '/:name/browse/:ref/*'],
    async (req, res) => {
      const { name, ref, 0: path = '' } = req.params;
      const part = read(folderPart, req.query);
      res.json(await browser.at({ name, ref, path, ...part }, await as(req)));
    },
  );

  router.get('/:name/commits/:ref', async (req, res) => {
    const { name, ref } = req.params;
    const part = read(historyPart, req.query);
    res.json(await browser.history({ name, ref, ...part }, await as(req)));
  });

  return router;
}
