import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { checkSource } from './checkSource';
import { readSources } from './readSources';

/** Says at the start, and every hour while it is so, which Git host the catalog cannot be read from, and why. */
export default createBackendModule({
  pluginId: 'catalog',
  moduleId: 'waymark-sources',
  register(registry) {
    registry.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ config, logger, scheduler }) {
        const sources = readSources(config);
        if (sources.length === 0) return;
        await scheduler.scheduleTask({
          id: 'waymark_check_sources',
          // Each replica has an environment of its own.
          scope: 'local',
          frequency: { hours: 1 },
          timeout: { minutes: 2 },
          fn: async () => {
            for (const source of sources) {
              const problem = await checkSource(source);
              if (problem) logger.error(problem);
              else logger.info(`${source.title} shows ${source.part}`);
            }
          },
        });
      },
    });
  },
});
