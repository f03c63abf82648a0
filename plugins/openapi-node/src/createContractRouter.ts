import {
  createValidatedOpenApiRouterFromGeneratedEndpointMap,
  type TypedRouter,
} from '@backstage/backend-openapi-utils';
import { InputError } from '@backstage/errors';
import { json, type RequestHandler } from 'express';
import type { Contract } from './contract';
import { requestsOf } from './requestsOf';

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
 * A path that is spelled out, asked for by a method it does not have, would pass
 * unchecked to the path with a parameter in that place.
 */
function refuseOtherMethods(contract: Contract): RequestHandler {
  const methods = new Map(
    Object.entries(contract.paths).map(([path, operations]) => [
      path,
      Object.keys(operations).map(method => method.toLocaleUpperCase('en-US')),
    ]),
  );
  return (req, _res, next) => {
    const known = methods.get(req.path);
    const asked = req.method === 'HEAD' ? 'GET' : req.method;
    if (!known || asked === 'OPTIONS' || known.includes(asked)) {
      next();
    } else {
      next(
        new InputError(
          `${req.path} takes ${known.join(' and ')}, not ${req.method}`,
        ),
      );
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
  const mounted = { ...requestsOf(contract), servers: [{ url: '/' }] };
  return createValidatedOpenApiRouterFromGeneratedEndpointMap<E>(mounted, {
    middleware: [serveDocument(contract), refuseOtherMethods(contract), json()],
    validatorOptions: {
      // The portal checks who is calling, by token or by cookie.
      validateSecurity: false,
      // What generates the types checks the document, too; here it would take
      // longer than the rest of the plugin's start.
      validateApiSpec: false,
    },
  });
}
