import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Delivery } from '@waymark/plugin-dora-node';
import express, { Router, type Request } from 'express';
import type { IntakeService } from '../facts/IntakeService';
import type { Inbox } from '../ingest/Inbox';
import type { SourceRegistry } from '../ingest/SourceRegistry';

/** GitHub sends at most 25 MB. */
const largestDelivery = '25mb';

function deliveryOf(req: Request): Delivery {
  return {
    headers: Object.fromEntries(
      Object.entries(req.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : value,
      ]),
    ),
    body: Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0),
  };
}

/**
 * Takes what is read byte for byte: deliveries of outside systems, whose
 * signatures are over the bytes, and imports, which are read as they arrive.
 */
export function createIntakeRouter(options: {
  httpAuth: HttpAuthService;
  inbox: Inbox;
  intake: IntakeService;
  sources: SourceRegistry;
}): Router {
  const { httpAuth, inbox, intake, sources } = options;
  const router = Router();
  router.post(
    '/webhooks/:source',
    express.raw({ type: () => true, limit: largestDelivery }),
    (req, res, next) => {
      Promise.resolve()
        .then(() =>
          inbox.receive(sources.get(req.params.source), deliveryOf(req)),
        )
        .then(receipt => res.status(202).json(receipt))
        .catch(next);
    },
  );
  router.post('/import', (req, res, next) => {
    httpAuth
      .credentials(req)
      .then(credentials => intake.importFacts(req, { credentials }))
      .then(report => res.json(report))
      .catch(next);
  });
  return router;
}
