import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { DocsBuilder } from './DocsBuilder';

const BUILD_TASK = 'waymark_build_docs';
/** The task under which search reads the built docs. */
const INDEX_TASK = 'search_index_techdocs';

/**
 * So long after a start the catalog may still be reading its sources, and what
 * has docs appears by and by. A round that finds all docs fresh costs little.
 */
const settling = { lasts: 120_000, pause: 20_000 };

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
        let unread = false;
        const settled = Date.now() + settling.lasts;
        const repeatSoon = () => {
          if (Date.now() > settled) return;
          setTimeout(() => {
            // Whoever runs it already does the same.
            scheduler.triggerTask(BUILD_TASK).catch(() => undefined);
          }, settling.pause).unref();
        };
        await scheduler.scheduleTask({
          id: BUILD_TASK,
          // Docs published on a replica's own disk must be built on each.
          scope: published === 'local' ? 'local' : 'global',
          // The catalog reads its sources first.
          initialDelay: { seconds: 10 },
          frequency: { minutes: 5 },
          timeout: { minutes: 30 },
          fn: async signal => {
            const { built, fresh, failed } = await builder.buildAll(signal);
            repeatSoon();
            if (built > 0) {
              unread = true;
              logger.info(
                `Docs: ${built} built, ${fresh} already fresh, ${failed} failed`,
              );
            }
            if (unread) {
              // Fails while search is reading; the next round asks again.
              await scheduler.triggerTask(INDEX_TASK);
              unread = false;
            }
          },
        });
      },
    });
  },
});
