import {
  rootHttpRouterServiceFactory,
  type RootHttpRouterConfigureContext,
} from '@backstage/backend-defaults/rootHttpRouter';
import { busPolls } from './busPolls';
import { databaseGate } from '../database/databaseGate';
import { isDatabaseUnavailable } from '../database/isDatabaseUnavailable';
import { requestsInFlight } from '../health/RequestsInFlight';
import { authDoors } from './authDoors';
import { bodyLimit } from './bodyLimit';
import { bodyTimeout } from './bodyTimeout';
import { jsonBody } from './jsonBody';
import { malformedUrl } from './malformedUrl';
import { mcpOrigin } from './mcpOrigin';
import { pageSize } from './pageSize';
import { rateLimit } from './rateLimit';
import { requestId } from './requestId';
import { requestLog } from './requestLog';
import { safeErrors } from './safeErrors';
import { securityHeaders } from './securityHeaders';
import { serverTimeouts } from './serverTimeouts';
import { readHttpSettings } from './settings';
import { unknownRoute } from './unknownRoute';
import { unreadableRequest } from './unreadableRequest';

/** Puts every request's way through the portal in order; each station is one idea and one file. */
export function configureRootRouter(
  context: Pick<
    RootHttpRouterConfigureContext,
    | 'app'
    | 'server'
    | 'routes'
    | 'middleware'
    | 'config'
    | 'logger'
    | 'healthRouter'
    | 'lifecycle'
  >,
): void {
  const {
    app,
    server,
    routes,
    middleware,
    config,
    logger,
    healthRouter,
    lifecycle,
  } = context;
  const settings = readHttpSettings(config);
  serverTimeouts(server, config);
  unreadableRequest(server);
  app.disable('x-powered-by');
  app.set('trust proxy', config.getOptional('backend.trustProxy') ?? false);

  app.use(requestsInFlight.middleware);
  app.use(requestId());
  app.use(securityHeaders(config));
  // Health is asked by machines, often, and above all when nothing else works:
  // its answers say why in their own form, and fill no log.
  app.use(healthRouter);
  // Whatever happens from here on is logged and tells no secret.
  app.use(requestLog(logger));
  app.use(
    safeErrors({
      logger,
      isDatabaseUnavailable: message => isDatabaseUnavailable(message),
    }),
  );
  app.use(malformedUrl());
  app.use(middleware.cors());
  app.use(middleware.compression());
  // From here on everything needs the database.
  app.use('/api', databaseGate);
  const limits = rateLimit(settings.rateLimit);
  if (limits.length > 0) app.use('/api', ...limits);
  app.use(bodyTimeout(settings.bodyLimit));
  app.use(bodyLimit(settings.bodyLimit));
  app.use(...jsonBody(settings.bodyLimit));
  app.use('/api', pageSize(settings.pageSize));
  app.use('/api/mcp-actions', mcpOrigin(settings));
  app.use('/api/events/bus', busPolls(lifecycle));
  app.use('/api/auth', authDoors());
  app.use(routes);
  app.use(unknownRoute(lifecycle));
  app.use(middleware.error({ showStackTraces: false }));
  // Requests are answered by then; upstream would wait for clients to close what is idle.
  lifecycle.addShutdownHook(() => server.closeAllConnections());
}

/** The portal's root router: what stands in front of every plugin, in order. */
export const portalRootHttpRouterFactory = rootHttpRouterServiceFactory({
  configure: configureRootRouter,
});
