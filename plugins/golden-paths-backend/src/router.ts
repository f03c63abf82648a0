import { createValidatedOpenApiRouterFromGeneratedEndpointMap } from '@backstage/backend-openapi-utils';
import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type {
  NameCheck,
  Preview,
  PreviewRequest,
} from '@waymark/plugin-golden-paths-common';
import type { Router } from 'express';
import type { Names } from './names/Names';
import { readOpenApiDocument } from './openApiDocument';
import type { Previews } from './previews/Previews';

type Endpoints = {
  '#get|/names/{name}': {
    path: { name: string };
    response: NameCheck;
  };
  '#post|/previews': {
    body: PreviewRequest;
    response: Preview;
  };
};

/** Maps HTTP to the services. */
export function createRouter(options: {
  httpAuth: HttpAuthService;
  names: Names;
  previews: Previews;
}): Router {
  const { httpAuth, names, previews } = options;
  const router =
    createValidatedOpenApiRouterFromGeneratedEndpointMap<Endpoints>(
      readOpenApiDocument(),
      {
        // The portal checks who is calling, by token or by cookie.
        validatorOptions: { validateSecurity: false },
      },
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
