import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { databaseMonitor } from './DatabaseMonitor';
import { PortalDatabase } from './PortalDatabase';

/** The one database of all plugins, and the start of the monitor that watches it. */
export const portalDatabaseRef = createServiceRef<PortalDatabase>({
  id: 'waymark.portalDatabase',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.rootLogger,
        lifecycle: coreServices.rootLifecycle,
      },
      async factory({ config, logger, lifecycle }) {
        const database = PortalDatabase.create({ config, logger, lifecycle });
        const watch = () =>
          databaseMonitor.start({
            probe: database.probe,
            address: database.address,
            logger: logger.child({ service: 'databaseMonitor' }),
          });
        // A database that is still being made is not one that went away.
        database.ready().then(watch, watch);
        lifecycle.addShutdownHook(() => databaseMonitor.stop());
        return database;
      },
    }),
});

/** Each plugin's schema in the one database, in the place of upstream's own factory. */
export const portalDatabaseFactory = createServiceFactory({
  service: coreServices.database,
  deps: {
    database: portalDatabaseRef,
    lifecycle: coreServices.lifecycle,
    logger: coreServices.logger,
    plugin: coreServices.pluginMetadata,
  },
  factory({ database, lifecycle, logger, plugin }) {
    return database.forPlugin(plugin.getId(), { lifecycle, logger });
  },
});
