import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { GoldenPathsPaths } from '@waymark/plugin-golden-paths-common';
import {
  createContractRouter,
  readContract,
  type EndpointsOf,
} from '@waymark/plugin-openapi-node';
import type { Router } from 'express';
import type { Names } from './names/Names';
import type { Previews } from './previews/Previews';

/** Maps HTTP to the services. */
export function createRouter(options: {
  httpAuth: HttpAuthService;
  names: Names;
  previews: Previews;
}): Router {
  const { httpAuth, names, previews } = options;
  const router = createContractRouter<EndpointsOf<GoldenPathsPaths>>(
    readContract('@waymark/plugin-golden-paths-common'),
  );

  router.get('/names/:name', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await names.check(req.params.name, { credentials }));
  });

  router.post('/previews', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await previews.create(req.body, { credentials }));
  });

  return router;
}
