import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
} from 'fastify';
import type { Config } from './config.js';
import { Contract, createValidatorCompiler } from './contract.js';
import { entryRoutes } from './entries/routes.js';
import { MemoryEntryStore } from './entries/store.js';
import type { Lifecycle } from './lifecycle.js';
import type { Metrics } from './metrics.js';
import { requireBearer } from './plugins/auth.js';
import { addObservation, correlate, requestId } from './plugins/observation.js';
import { addOperations } from './plugins/operations.js';
import { addProblems, sendProblem } from './plugins/problems.js';

export interface AppOptions {
  config: Config;
  logger: FastifyBaseLogger;
  lifecycle: Lifecycle;
  metrics: Metrics;
}

/** The whole application, not yet listening. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { config, logger, lifecycle, metrics } = options;
  const contract = Contract.load();
  const app: FastifyInstance = Fastify({
    loggerInstance: logger,
    // A path that cannot be decoded never reaches the hooks.
    frameworkErrors: (error, request, reply) => {
      correlate(request, reply);
      request.log.info({ reason: error.message }, 'request refused');
      sendProblem(request, reply, error.statusCode ?? 400, {
        detail: error.message,
      });
    },
    // Each request is logged once, by the observation hooks.
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'request_id',
    }),
    genReqId: requestId,
    bodyLimit: config.bodyLimitBytes,
    trustProxy: config.trustProxy.length > 0 ? config.trustProxy : false,
    requestTimeout: 30_000,
    // Longer than most load balancers keep an idle connection, so that it is
    // never this side that closes one just as a request arrives.
    keepAliveTimeout: 75_000,
    forceCloseConnections: 'idle',
  });
  app.setValidatorCompiler(createValidatorCompiler());

  app.addHook('onSend', (_request, reply, payload, done) => {
    // A connection kept alive would hold up the end of the process.
    if (lifecycle.state === 'draining') {
      void reply.header('connection', 'close');
    }
    done(null, payload);
  });
  addObservation(app, metrics);
  addProblems(app);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
    },
  });
  addOperations(app, { lifecycle, metrics, contract });

  await app.register(async api => {
    // Before authentication, so that guessing tokens is limited as well.
    await api.register(rateLimit, {
      max: config.rateLimit.max,
      timeWindow: config.rateLimit.windowSeconds * 1000,
      enableDraftSpec: true,
    });
    requireBearer(api, config.auth);
    entryRoutes(api, contract, new MemoryEntryStore());
  });

  return app;
}
