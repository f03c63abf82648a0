import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { databaseMonitor } from '../database/DatabaseMonitor';
import { portalDatabaseRef } from '../database/services';
import { drainOnShutdown } from './drainOnShutdown';
import { PortalHealth } from './PortalHealth';
import { requestsInFlight } from './RequestsInFlight';

/** Health that tells the truth about database and shutdown, in the place of upstream's own. */
export const portalHealthFactory = createServiceFactory({
  service: coreServices.rootHealth,
  deps: {
    config: coreServices.rootConfig,
    lifecycle: coreServices.rootLifecycle,
    logger: coreServices.rootLogger,
    // Not used here: it starts the monitor.
    database: portalDatabaseRef,
  },
  factory({ config, lifecycle, logger }) {
    drainOnShutdown({ config, lifecycle, logger, requests: requestsInFlight });
    return new PortalHealth({ lifecycle, monitor: databaseMonitor });
  },
});
