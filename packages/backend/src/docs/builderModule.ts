import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { DocsBuilder } from './DocsBuilder';

/** The task under which search reads the built docs. */
const INDEX_TASK = 'search_index_techdocs';

/**
 * Builds all docs a little after the start and then again and again, and has
 * search read what is new. Does nothing where docs are built elsewhere.
 */
export default createBackendModule({
  pluginId: 'search',
  moduleId: 'waymark-docs-builder',
  register(registry) {
    registry.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ auth, catalog, config, discovery, logger, scheduler }) {
        if (config.getOptionalString('techdocs.builder') !== 'local') {
          return;
        }
        const builder = new DocsBuilder({ auth, catalog, discovery, logger });
        const published = config.getOptionalString('techdocs.publisher.type');
        await scheduler.scheduleTask({
          id: 'waymark_build_docs',
          // Docs published on a replica's own disk must be built on each.
          scope: published === 'local' ? 'local' : 'global',
          // The catalog reads its sources first.
          initialDelay: { seconds: 10 },
          frequency: { minutes: 5 },
          timeout: { minutes: 30 },
          fn: async signal => {
            const { built, fresh, failed } = await builder.buildAll(signal);
            if (built > 0) {
              logger.info(
                `Docs: ${built} built, ${fresh} already fresh, ${failed} failed`,
              );
              await scheduler.triggerTask(INDEX_TASK);
            }
          },
        });
      },
    });
  },
});
