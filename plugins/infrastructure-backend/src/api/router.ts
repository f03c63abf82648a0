import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type {
  InfrastructurePaths,
  RequestDetail,
} from '@waymark/plugin-infrastructure-common';
import {
  createContractRouter,
  readContract,
  type EndpointsOf,
} from '@waymark/plugin-openapi-node';
import type { Request, Router } from 'express';
import { routeGuardrails, type GuardrailServices } from './guardrails';
import type { RequestsService } from '../decisions/RequestsService';
import type { Caller } from '../requests/people';
import type { ResourcesService } from '../resources/ResourcesService';
import type { ViewsService } from '../views/ViewsService';
import type { Write, Writes } from './writes';

/** Maps HTTP to the services. */
export function createRouter(
  options: {
    guardrails: GuardrailServices;
    httpAuth: HttpAuthService;
    requests: RequestsService;
    resources: ResourcesService;
    views: ViewsService;
  } & Writes,
): Router {
  const { guardrails, httpAuth, requests, resources, views } = options;
  const router = createContractRouter<EndpointsOf<InfrastructurePaths>>(
    readContract('@waymark/plugin-infrastructure-common'),
  );
  const callerOf = async (req: unknown) => ({
    credentials: await httpAuth.credentials(req as Request, {
      allow: ['user', 'service'],
    }),
  });

  const writeOf = async (given: unknown): Promise<Write> => {
    const req = given as Request;
    return {
      caller: await callerOf(req),
      key: req.header('Idempotency-Key'),
      asked: { path: req.path, body: req.body as JsonObject },
    };
  };

  /** A write, done once for each Idempotency-Key. */
  const once = async (
    req: unknown,
    act: (caller: Caller) => Promise<string>,
  ): Promise<{ id: string; caller: Caller }> => {
    const of = await writeOf(req);
    const { id } = await options.once(of, act);
    return { id, caller: of.caller };
  };

  /** A write whose answer is the request as it is then. */
  const write = async (
    req: unknown,
    act: (caller: Caller) => Promise<string>,
  ): Promise<RequestDetail> => options.write(await writeOf(req), act);

  router.get('/offerings', async (req, res) => {
    res.json(await views.offerings(await callerOf(req)));
  });

  router.get('/offerings/:name', async (req, res) => {
    res.json(await views.offering(req.params.name, await callerOf(req)));
  });

  router.get('/offerings/:name/accuracy', async (req, res) => {
    res.json(await views.accuracy(req.params.name, await callerOf(req)));
  });

  router.post('/offerings/:name/preview', async (req, res) => {
    res.json(
      await requests.preview(req.params.name, req.body, await callerOf(req)),
    );
  });

  router.get('/drafts/:offering', async (req, res) => {
    res.json(await requests.draft(req.params.offering, await callerOf(req)));
  });

  router.put('/drafts/:offering', async (req, res) => {
    res.json(
      await requests.putDraft(
        req.params.offering,
        req.body,
        await callerOf(req),
      ),
    );
  });

  router.delete('/drafts/:offering', async (req, res) => {
    await requests.removeDraft(req.params.offering, await callerOf(req));
    res.status(204).end();
  });

  router.get('/requests', async (req, res) => {
    res.json(await views.requests(req.query, await callerOf(req)));
  });

  router.post('/requests', async (req, res) => {
    const detail = await write(req, caller =>
      requests.create(req.body, caller),
    );
    res.status(202).json(detail);
  });

  router.get('/requests/:id', async (req, res) => {
    res.json(await views.request(req.params.id, await callerOf(req)));
  });

  router.post('/requests/:id/approvals', async (req, res) => {
    const { id } = req.params;
    res.json(
      await write(req, async caller => {
        await requests.decide(id, req.body, caller);
        return id;
      }),
    );
  });

  router.post('/requests/:id/comments', async (req, res) => {
    const { id } = req.params;
    res.json(
      await write(req, async caller => {
        await requests.comment(id, req.body.text, caller);
        return id;
      }),
    );
  });

  router.post('/requests/:id/cancel', async (req, res) => {
    const { id } = req.params;
    res.json(
      await write(req, async caller => {
        await requests.cancel(id, caller);
        return id;
      }),
    );
  });

  router.post('/requests/:id/retry', async (req, res) => {
    const { id } = req.params;
    res.json(
      await write(req, async caller => {
        await requests.retry(id, caller);
        return id;
      }),
    );
  });

  router.get('/requests/:id/history', async (req, res) => {
    res.json(
      await views.history(req.params.id, req.query.before, await callerOf(req)),
    );
  });

  router.get('/requests/:id/log', async (req, res) => {
    const { after = 0 } = req.query;
    res.json(await views.log(req.params.id, after, await callerOf(req)));
  });

  router.get('/resources', async (req, res) => {
    res.json(await views.resources(req.query, await callerOf(req)));
  });

  router.get('/resources/:id', async (req, res) => {
    res.json(await views.resource(req.params.id, await callerOf(req)));
  });

  router.post('/resources/:id/secrets/:output', async (req, res) => {
    // A secret is no program's to take along: a person of the group looks at it.
    const credentials = await httpAuth.credentials(req as unknown as Request, {
      allow: ['user'],
    });
    const { id, output } = req.params;
    res.set('cache-control', 'no-store');
    res.json(await resources.reveal(id, output, { credentials }));
  });

  router.get('/orphans', async (req, res) => {
    res.json(await views.orphans(await callerOf(req)));
  });

  router.get('/allowances', async (req, res) => {
    res.json(await resources.allowances(req.query.owner, await callerOf(req)));
  });

  router.get('/audit', async (req, res) => {
    res.json(await views.audit(req.query, await callerOf(req)));
  });

  routeGuardrails(router, guardrails, { callerOf, once });
  return router;
}
