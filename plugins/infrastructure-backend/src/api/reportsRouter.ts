import type { ReportDelivery } from '@waymark/plugin-infrastructure-node';
import express, { Router, type Request } from 'express';
import type { Reports } from '../resources/Reports';

/** Reports are short; a longer one is none. */
const largestReport = '1mb';

function deliveryOf(req: Request): ReportDelivery {
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

/** Takes reports byte for byte, since signatures are over the bytes. */
export function createReportsRouter(reports: Reports): Router {
  const router = Router();
  router.post(
    '/reports/:engine/:sender',
    express.raw({ type: () => true, limit: largestReport }),
    (req, res, next) => {
      const { engine, sender } = req.params;
      reports
        .receive(engine, sender, deliveryOf(req))
        .then(taken => res.status(202).json(taken))
        .catch(next);
    },
  );
  return router;
}
