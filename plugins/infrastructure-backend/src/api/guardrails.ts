import type { InfrastructurePaths } from '@waymark/plugin-infrastructure-common';
import type {
  createContractRouter,
  EndpointsOf,
} from '@waymark/plugin-openapi-node';
import type { AuditService } from '../audit/AuditService';
import type { ComplianceService } from '../compliance/ComplianceService';
import type { DelegationsService } from '../delegations/DelegationsService';
import type { ExceptionsService } from '../exceptions/ExceptionsService';
import type { ReplayService } from '../replay/ReplayService';
import type { Caller } from '../requests/people';
import { auditFiles, auditText } from './auditFile';
import { complianceHead, complianceLines } from './complianceCsv';
import { sendParts } from './csv';

type ContractRouter = ReturnType<
  typeof createContractRouter<EndpointsOf<InfrastructurePaths>>
>;

/** What answers of the guardrails. */
export type GuardrailServices = {
  audit: AuditService;
  delegations: DelegationsService;
  replay: ReplayService;
  compliance: ComplianceService;
  exceptions: ExceptionsService;
};

/** Maps HTTP to the services of the guardrails. */
export function routeGuardrails(
  router: ContractRouter,
  services: GuardrailServices,
  http: {
    callerOf: (req: unknown) => Promise<Caller>;
    /** Does a write once for each Idempotency-Key, and answers the id of what it is about. */
    once: (
      req: unknown,
      act: (caller: Caller) => Promise<string>,
    ) => Promise<{ id: string; caller: Caller }>;
  },
): void {
  const { audit, compliance, delegations, exceptions, replay } = services;
  const { callerOf, once } = http;

  router.get('/exceptions', async (req, res) => {
    res.json(await exceptions.list(req.query, await callerOf(req)));
  });

  router.post('/exceptions', async (req, res) => {
    const { id, caller } = await once(req, by => exceptions.ask(req.body, by));
    res.status(201).json(await exceptions.get(id, caller));
  });

  router.get('/exceptions/deciders', async (req, res) => {
    res.json(await exceptions.deciders(await callerOf(req)));
  });

  router.get('/exceptions/:id', async (req, res) => {
    res.json(await exceptions.get(req.params.id, await callerOf(req)));
  });

  router.post('/exceptions/:id/decision', async (req, res) => {
    const { id, caller } = await once(req, async by => {
      await exceptions.decide(req.params.id, req.body, by);
      return req.params.id;
    });
    res.json(await exceptions.get(id, caller));
  });

  router.post('/exceptions/:id/end', async (req, res) => {
    const { id, caller } = await once(req, async by => {
      await exceptions.end(req.params.id, by);
      return req.params.id;
    });
    res.json(await exceptions.get(id, caller));
  });

  router.get('/compliance', async (req, res) => {
    const caller = await callerOf(req);
    if (req.accepts(['application/json', 'text/csv']) === 'text/csv') {
      await sendParts(
        res,
        { name: 'compliance.csv', type: 'text/csv', head: complianceHead },
        complianceLines(compliance, req.query, caller),
      );
    } else {
      res.json(await compliance.report(req.query, caller));
    }
  });

  router.get('/requests/:id/replay', async (req, res) => {
    const items = await replay.ofRequest(req.params.id, await callerOf(req));
    res.json({ items });
  });

  router.get('/replays', async (req, res) => {
    res.json(await replay.ofPeriod(req.query, await callerOf(req)));
  });

  router.get('/delegations', async (req, res) => {
    res.json({ items: await delegations.list(await callerOf(req)) });
  });

  router.post('/delegations', async (req, res) => {
    const { id, caller } = await once(req, by =>
      delegations.delegate(req.body, by),
    );
    res.status(201).json(await delegations.get(id, caller));
  });

  router.post('/delegations/:id/end', async (req, res) => {
    const { id, caller } = await once(req, async by => {
      await delegations.end(req.params.id, by);
      return req.params.id;
    });
    res.json(await delegations.get(id, caller));
  });

  router.get('/audit/export', async (req, res) => {
    const { format = 'ndjson', after = 0 } = req.query;
    const entries = await audit.entries(after, await callerOf(req));
    await sendParts(res, auditFiles[format], auditText(entries, format));
  });

  router.get('/audit/verification', async (req, res) => {
    res.json(await audit.verify(await callerOf(req)));
  });

  router.get('/judgements/:id', async (req, res) => {
    res.json(await compliance.judgement(req.params.id, await callerOf(req)));
  });
}
