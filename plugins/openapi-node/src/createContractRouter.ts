import {
  createValidatedOpenApiRouterFromGeneratedEndpointMap,
  type TypedRouter,
} from '@backstage/backend-openapi-utils';
import { json, type RequestHandler } from 'express';
import type { Contract } from './contract';

/** As Backstage's router takes them. */
type Endpoints = Record<
  string,
  {
    path?: object;
    query?: object;
    body?: object;
    response?: object | string | void;
  }
>;

/** Backstage's router would call the document one of OpenAPI 3.0. */
function serveDocument(contract: Contract): RequestHandler {
  return (req, res, next) => {
    if (req.method === 'GET' && req.path === '/openapi.json') {
      res.json(contract);
    } else {
      next();
    }
  };
}

/**
 * A router that lets through what the API document allows and answers 400 to
 * anything else. It also serves the document, at `/openapi.json`. A path with a
 * parameter of several segments is not checked: what serves it checks it.
 *
 * The type parameter is `EndpointsOf<paths>`, with the paths of the document.
 */
export function createContractRouter<E extends Endpoints>(
  contract: Contract,
): TypedRouter<E> {
  // A router sees paths without the prefix under which the portal mounts it.
  const mounted = { ...contract, servers: [{ url: '/' }] };
  return createValidatedOpenApiRouterFromGeneratedEndpointMap<E>(mounted, {
    middleware: [serveDocument(contract), json()],
    // The portal checks who is calling, by token or by cookie.
    validatorOptions: { validateSecurity: false },
  });
}
