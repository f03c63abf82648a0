import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { DoraPaths } from '@waymark/plugin-dora-common';
import {
  createContractRouter,
  readContract,
  type EndpointsOf,
} from '@waymark/plugin-openapi-node';
import type { Router } from 'express';
import { sendCsv } from './csv';
import type { BackfillService } from '../facts/backfill/BackfillService';
import type { HistoryService } from '../facts/HistoryService';
import type { IntakeService } from '../facts/IntakeService';
import type { GoalsService } from '../goals/GoalsService';
import type { MetricsService } from '../metrics/MetricsService';
import type { RecordsService } from '../metrics/RecordsService';
import { historyOptionsOf } from './historyOptions';

/** Maps HTTP to the services. */
export function createRouter(options: {
  goals: GoalsService;
  backfills: BackfillService;
  history: HistoryService;
  httpAuth: HttpAuthService;
  intake: IntakeService;
  metrics: MetricsService;
  records: RecordsService;
}): Router {
  const { backfills, goals, history, httpAuth, intake, metrics, records } =
    options;
  const router = createContractRouter<EndpointsOf<DoraPaths>>(
    readContract('@waymark/plugin-dora-common'),
  );

  router.get('/metrics', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await metrics.metrics(req.query, { credentials }));
  });

  router.get('/rows/:metric', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { metric } = req.params;
    if (req.accepts(['application/json', 'text/csv']) === 'text/csv') {
      await sendCsv(
        res,
        metric,
        part =>
          metrics.rowPages(metric, { ...req.query, part }, { credentials }),
        req.query.part,
      );
    } else {
      res.json(await metrics.rows(metric, req.query, { credentials }));
    }
  });

  router.get('/stages', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await metrics.stages(req.query, { credentials }));
  });

  router.get('/environments', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await records.environments({ credentials }));
  });

  router.get('/deployments', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await records.deployments(req.query, { credentials }));
  });

  router.get('/deployments/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await records.deployment(req.params.id, { credentials }));
  });

  router.put('/deployments/:id/correction', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    res.json(
      await records.correctDeployment(req.params.id, req.body, { credentials }),
    );
  });

  router.get('/incidents', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await records.incidents(req.query, { credentials }));
  });

  router.put('/incidents/:id/correction', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    res.json(
      await records.correctIncident(req.params.id, req.body, { credentials }),
    );
  });

  router.get('/corrections', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await records.corrections(req.query, { credentials }));
  });

  router.get('/goals', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await goals.list(req.query, { credentials }));
  });

  router.post('/goals', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.status(201).json(await goals.set(req.body, { credentials }));
  });

  router.get('/goals/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await goals.find(req.params.id, { credentials }));
  });

  router.patch('/goals/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { goal } = await goals.change(req.params.id, req.body, {
      credentials,
    });
    res.json(goal);
  });

  router.delete('/goals/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await goals.end(req.params.id, { credentials }));
  });

  router.post('/history', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { entityRef, repository } = req.body;
    const run = await history.order(
      { entityRef, repository, options: historyOptionsOf(req.body) },
      { credentials },
    );
    res.status(202).json(run);
  });

  router.get('/history/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await history.find(req.params.id, { credentials }));
  });

  router.get('/backfills', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await backfills.list(req.query, { credentials }));
  });

  router.post('/backfills', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.status(202).json(await backfills.start(req.body, { credentials }));
  });

  router.get('/backfills/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await backfills.find(req.params.id, { credentials }));
  });

  router.post('/backfills/:id/cancel', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await backfills.cancel(req.params.id, { credentials }));
  });

  router.post('/backfills/:id/resume', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await backfills.resume(req.params.id, { credentials }));
  });

  router.get('/inbox', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await intake.deliveries(req.query, { credentials }));
  });

  router.get('/inbox/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await intake.delivery(req.params.id, { credentials }));
  });

  router.post('/inbox/replay', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await intake.replayAll(req.body, { credentials }));
  });

  router.post('/inbox/:id/replay', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await intake.replay(req.params.id, { credentials }));
  });

  router.get('/unmatched', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await intake.unmatched(req.query, { credentials }));
  });

  router.get('/status', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await intake.status({ credentials }));
  });

  return router;
}
