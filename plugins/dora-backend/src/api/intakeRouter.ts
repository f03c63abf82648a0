import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Delivery } from '@waymark/plugin-dora-node';
import express, { Router, type Request } from 'express';
import type { HistoryService } from '../facts/HistoryService';
import type { IntakeService } from '../facts/IntakeService';
import type { Inbox } from '../ingest/Inbox';
import type { SourceRegistry } from '../ingest/SourceRegistry';
import { readHistoryQuery } from './historyOptions';

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
 * signatures are over the bytes, and imports and histories, which are read as
 * they arrive.
 */
export function createIntakeRouter(options: {
  history: HistoryService;
  httpAuth: HttpAuthService;
  inbox: Inbox;
  intake: IntakeService;
  sources: SourceRegistry;
}): Router {
  const { history, httpAuth, inbox, intake, sources } = options;
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
  router.post('/history/log', (req, res, next) => {
    httpAuth
      .credentials(req)
      .then(credentials =>
        history.takeLog(req, readHistoryQuery(req.query), { credentials }),
      )
      .then(summary => res.json(summary))
      .catch(next);
  });
  return router;
}
