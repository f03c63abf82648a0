import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { CostsPaths } from '@waymark/plugin-costs-common';
import {
  createContractRouter,
  readContract,
  type EndpointsOf,
} from '@waymark/plugin-openapi-node';
import type { Request, Router } from 'express';
import type { AnomaliesService } from '../insights/anomalies/AnomaliesService';
import type { BudgetsService } from '../budgets/BudgetsService';
import type { ForecastService } from '../forecast/ForecastService';
import type { ImportsService } from '../import/ImportsService';
import type { RatesService } from '../rates/RatesService';
import type { RulesService } from '../allocation/RulesService';
import type { SignalsService } from '../signals/SignalsService';
import type { ChangesService } from '../insights/changes/ChangesService';
import type { RecommendationsService } from '../insights/recommendations/RecommendationsService';
import type { TotalsService } from '../insights/TotalsService';
import type { UnitsService } from '../insights/units/UnitsService';

/** Maps HTTP to the services. */
export function createRouter(options: {
  anomalies: AnomaliesService;
  budgets: BudgetsService;
  changes: ChangesService;
  forecast: ForecastService;
  httpAuth: HttpAuthService;
  imports: ImportsService;
  rates: RatesService;
  recommendations: RecommendationsService;
  rules: RulesService;
  signals: SignalsService;
  totals: TotalsService;
  units: UnitsService;
}): Router {
  const {
    anomalies,
    budgets,
    changes,
    forecast,
    httpAuth,
    imports,
    rates,
    recommendations,
    rules,
    signals,
    totals,
    units,
  } = options;
  const router = createContractRouter<EndpointsOf<CostsPaths>>(
    readContract('@waymark/plugin-costs-common'),
  );
  const callerOf = async (req: unknown) => ({
    credentials: await httpAuth.credentials(req as Request, {
      allow: ['user', 'service'],
    }),
  });

  router.get('/imports', async (req, res) => {
    res.json(await imports.list(req.query, await callerOf(req)));
  });

  router.get('/imports/:id', async (req, res) => {
    res.json(await imports.get(req.params.id, await callerOf(req)));
  });

  router.post('/imports/:id/cancel', async (req, res) => {
    res.json(await imports.cancel(req.params.id, await callerOf(req)));
  });

  router.post('/imports/:id/withdraw', async (req, res) => {
    const { id } = req.params;
    res.json(await imports.withdraw(id, req.body, await callerOf(req)));
  });

  router.get('/bills', async (req, res) => {
    res.json(await imports.bills(req.query, await callerOf(req)));
  });

  router.get('/totals', async (req, res) => {
    res.json(await totals.totals(req.query, await callerOf(req)));
  });

  router.get('/changes', async (req, res) => {
    res.json(await changes.changes(req.query, await callerOf(req)));
  });

  router.get('/changes/lines', async (req, res) => {
    res.json(await changes.lines(req.query, await callerOf(req)));
  });

  router.get('/forecast', async (req, res) => {
    res.json(await forecast.forecast(req.query, await callerOf(req)));
  });

  router.get('/budgets', async (req, res) => {
    res.json(await budgets.list(req.query, await callerOf(req)));
  });

  router.get('/budgets/:id', async (req, res) => {
    res.json(await budgets.find(req.params.id, await callerOf(req)));
  });

  router.put('/budgets/:id', async (req, res) => {
    const { budget } = await budgets.put(
      req.params.id,
      req.body,
      await callerOf(req),
    );
    res.json(budget);
  });

  router.delete('/budgets/:id', async (req, res) => {
    const { version } = req.query;
    await budgets.end(req.params.id, version, await callerOf(req));
    res.status(204).end();
  });

  router.get('/exchange-rates', async (req, res) => {
    res.json(await rates.list(req.query, await callerOf(req)));
  });

  router.post('/exchange-rates', async (req, res) => {
    res.json(await rates.import(req.body, await callerOf(req)));
  });

  router.put('/exchange-rates/:from/:to/:day', async (req, res) => {
    const { after } = await rates.put(
      req.params,
      req.body,
      await callerOf(req),
    );
    res.json(after);
  });

  router.delete('/exchange-rates/:from/:to/:day', async (req, res) => {
    await rates.remove(req.params, await callerOf(req));
    res.status(204).end();
  });

  router.get('/signals', async (req, res) => {
    res.json(await signals.rules(await callerOf(req)));
  });

  router.put('/signals', async (req, res) => {
    const { after } = await signals.change(req.body, await callerOf(req));
    res.json(after);
  });

  router.get('/anomalies', async (req, res) => {
    res.json(await anomalies.list(req.query, await callerOf(req)));
  });

  router.get('/anomalies/:id', async (req, res) => {
    res.json(await anomalies.find(req.params.id, await callerOf(req)));
  });

  router.put('/anomalies/:id/verdict', async (req, res) => {
    const { anomaly } = await anomalies.judge(
      req.params.id,
      req.body,
      await callerOf(req),
    );
    res.json(anomaly);
  });

  router.get('/recommendations', async (req, res) => {
    res.json(await recommendations.list(req.query, await callerOf(req)));
  });

  router.get('/recommendations/:id', async (req, res) => {
    res.json(await recommendations.find(req.params.id, await callerOf(req)));
  });

  router.put('/recommendations/:id/verdict', async (req, res) => {
    const { recommendation } = await recommendations.judge(
      req.params.id,
      req.body,
      await callerOf(req),
    );
    res.json(recommendation);
  });

  router.get('/unit-costs', async (req, res) => {
    res.json(await units.costs(req.query, await callerOf(req)));
  });

  router.put('/units/:unit/values', async (req, res) => {
    await units.put(req.params.unit, req.body, await callerOf(req));
    res.status(204).end();
  });

  router.get('/unallocated', async (req, res) => {
    res.json(await totals.unallocated(req.query, await callerOf(req)));
  });

  router.get('/rules', async (req, res) => {
    res.json(await rules.rules(await callerOf(req)));
  });

  router.put('/rules', async (req, res) => {
    const { reallocation } = await rules.change(req.body, await callerOf(req));
    res.status(202).json(reallocation);
  });

  router.post('/rules/preview', async (req, res) => {
    res.json(await rules.preview(req.body, await callerOf(req)));
  });

  router.get('/reallocations', async (req, res) => {
    res.json(await rules.reallocations(req.query, await callerOf(req)));
  });

  router.get('/reallocations/:id', async (req, res) => {
    res.json(await rules.reallocation(req.params.id, await callerOf(req)));
  });

  return router;
}
