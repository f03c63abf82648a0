import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { ResourceProvider } from './ResourceProvider';

/** Makes what people asked the infrastructure plugin for part of the catalog. */
export const infrastructureResources = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'infrastructure',
  register(registry) {
    registry.registerInit({
      deps: {
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        logger: coreServices.logger,
        processing: catalogProcessingExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init({ auth, config, discovery, logger, processing, scheduler }) {
        const provider = new ResourceProvider({
          auth,
          discovery,
          logger,
          portalUrl: config.getString('app.baseUrl'),
        });
        processing.addEntityProvider(provider);
        await scheduler.scheduleTask({
          id: 'infrastructure-resources',
          frequency: { seconds: 5 },
          // The other plugin may still be starting.
          initialDelay: { seconds: 5 },
          timeout: { minutes: 1 },
          // What was told last is known to this process alone.
          scope: 'local',
          fn: () => provider.refresh(),
        });
      },
    });
  },
});
