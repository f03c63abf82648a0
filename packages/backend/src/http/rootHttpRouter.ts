import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { databaseGate } from '../database/databaseGate';
import { requestsInFlight } from '../health/RequestsInFlight';

/** The portal's root router: what stands in front of every plugin, in order. */
export const portalRootHttpRouterFactory = rootHttpRouterServiceFactory({
  configure({ app, applyDefaults, lifecycle, server }) {
    app.use(requestsInFlight.middleware);
    app.use('/api', databaseGate);
    applyDefaults();
    // Requests are answered by now; upstream would wait for clients to close what is idle.
    lifecycle.addShutdownHook(() => server.closeAllConnections());
  },
});
