import type {
  AuthService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import express, { type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { OwnedLocations } from '../permissions/ownedLocations';
import { requireAllowedLocation } from './locationPolicy';
import type { LocationSettings } from './settings';

function locationOf(value: unknown): { type: string; target: string } {
  if (typeof value === 'object' && value !== null) {
    const { type, target } = value as { type?: unknown; target?: unknown };
    if (typeof type === 'string' && typeof target === 'string') {
      return { type, target };
    }
  }
  throw new InputError(
    'A location has a type and a target, as in {"type": "url", "target": "https://…/catalog-info.yaml"}',
  );
}

/** Stands before the catalog's own routes and lets pass what the location policy allows. */
export function createLocationRouter(options: {
  settings: LocationSettings;
  auth: AuthService;
  httpAuth: HttpAuthService;
  ownedLocations: Pick<OwnedLocations, 'requireOwned'>;
}): Router {
  const { settings, auth, httpAuth, ownedLocations } = options;
  const router = PromiseRouter();
  router.use(['/locations', '/analyze-location'], express.json());
  router.post('/locations', async req => {
    requireAllowedLocation(locationOf(req.body), settings);
    return 'next';
  });
  router.put('/locations/:id', async req => {
    requireAllowedLocation(locationOf(req.body), settings);
    return 'next';
  });
  router.post('/analyze-location', async req => {
    requireAllowedLocation(locationOf(req.body?.location), settings);
    return 'next';
  });
  router.delete('/locations/:id', async req => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    // What a service may do is written beside its token.
    if (auth.isPrincipal(credentials, 'user')) {
      await ownedLocations.requireOwned(req.params.id, credentials);
    }
    return 'next';
  });
  return router;
}
