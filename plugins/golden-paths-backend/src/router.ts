import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { GoldenPathsPaths } from '@waymark/plugin-golden-paths-common';
import {
  createContractRouter,
  readContract,
  type EndpointsOf,
} from '@waymark/plugin-openapi-node';
import type { Request, Router } from 'express';
import type { Adoptions } from './adoptions/Adoptions';
import type { Campaigns } from './campaigns/Campaigns';
import type { Exceptions } from './exceptions/Exceptions';
import type { Fleet } from './fleet/Fleet';
import type { Names } from './names/Names';
import type { Previews } from './previews/Previews';
import type { Upgrades } from './upgrades/Upgrades';

/** What the API gives access to. */
export type Services = {
  names: Names;
  previews: Previews;
  fleet: Fleet;
  upgrades: Upgrades;
  campaigns: Campaigns;
  adoptions: Adoptions;
  exceptions: Exceptions;
};

/** Maps HTTP to the services. */
export function createRouter(
  options: Services & { httpAuth: HttpAuthService },
): Router {
  const { httpAuth, names, previews, fleet, upgrades, campaigns } = options;
  const { adoptions, exceptions } = options;
  const router = createContractRouter<EndpointsOf<GoldenPathsPaths>>(
    readContract('@waymark/plugin-golden-paths-common'),
  );
  const callerOf = async (req: Pick<Request, 'headers'>) => ({
    credentials: await httpAuth.credentials(req as Request),
  });
  const componentOf = (params: { namespace: string; name: string }) =>
    stringifyEntityRef({ kind: 'component', ...params });

  router.get('/names/:name', async (req, res) => {
    res.json(await names.check(req.params.name, await callerOf(req)));
  });

  router.post('/previews', async (req, res) => {
    res.json(await previews.create(req.body, await callerOf(req)));
  });

  router.get('/templates', async (req, res) => {
    res.json({ items: await fleet.templates(await callerOf(req)) });
  });

  router.get('/fleet', async (req, res) => {
    res.json(await fleet.list(req.query, await callerOf(req)));
  });

  router.get('/fleet/summary', async (req, res) => {
    res.json(await fleet.summary(await callerOf(req)));
  });

  router.get('/fleet/services', async (req, res) => {
    res.json(await fleet.services(req.query, await callerOf(req)));
  });

  router.get('/fleet/:namespace/:name', async (req, res) => {
    res.json(await fleet.find(componentOf(req.params), await callerOf(req)));
  });

  router.get('/fleet/:namespace/:name/drift', async (req, res) => {
    res.json(await fleet.drift(componentOf(req.params), await callerOf(req)));
  });

  router.get('/fleet/:namespace/:name/upgrade', async (req, res) => {
    res.json(
      await upgrades.preview(componentOf(req.params), await callerOf(req)),
    );
  });

  router.get('/upgrades', async (req, res) => {
    res.json(await upgrades.list(req.query, await callerOf(req)));
  });

  router.post('/upgrades', async (req, res) => {
    res.status(201).json(await upgrades.request(req.body, await callerOf(req)));
  });

  router.get('/upgrades/:id', async (req, res) => {
    res.json(await upgrades.find(req.params.id, await callerOf(req)));
  });

  router.post('/upgrades/:id/merge', async (req, res) => {
    res.json(await upgrades.merge(req.params.id, await callerOf(req)));
  });

  router.post('/adoptions', async (req, res) => {
    res.json(await adoptions.adopt(req.body, await callerOf(req)));
  });

  router.post('/adoptions/preview', async (req, res) => {
    res.json(await adoptions.preview(req.body, await callerOf(req)));
  });

  router.get('/exceptions', async (req, res) => {
    res.json(await exceptions.list(req.query, await callerOf(req)));
  });

  router.post('/exceptions', async (req, res) => {
    res.status(201).json(await exceptions.ask(req.body, await callerOf(req)));
  });

  router.get('/exceptions/:id', async (req, res) => {
    res.json(await exceptions.find(req.params.id, await callerOf(req)));
  });

  router.post('/exceptions/:id/decision', async (req, res) => {
    res.json(
      await exceptions.decide(req.params.id, req.body, await callerOf(req)),
    );
  });

  router.post('/exceptions/:id/end', async (req, res) => {
    res.json(await exceptions.end(req.params.id, await callerOf(req)));
  });

  router.get('/campaigns', async (req, res) => {
    res.json(await campaigns.list(req.query, await callerOf(req)));
  });

  router.post('/campaigns', async (req, res) => {
    res.status(201).json(await campaigns.start(req.body, await callerOf(req)));
  });

  router.get('/campaigns/:id', async (req, res) => {
    res.json(await campaigns.find(req.params.id, await callerOf(req)));
  });

  router.post('/campaigns/:id/pause', async (req, res) => {
    res.json(await campaigns.pause(req.params.id, await callerOf(req)));
  });

  router.post('/campaigns/:id/resume', async (req, res) => {
    res.json(await campaigns.resume(req.params.id, await callerOf(req)));
  });

  router.post('/campaigns/:id/cancel', async (req, res) => {
    res.json(await campaigns.cancel(req.params.id, await callerOf(req)));
  });

  return router;
}
