import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  DirectoryPreparer,
  techdocsPreparerExtensionPoint,
} from '@backstage/plugin-techdocs-node';
import { FreshDirectoryPreparer } from './FreshDirectoryPreparer';

/** Docs on disk are built when they changed, not at every visit. */
export default createBackendModule({
  pluginId: 'techdocs',
  moduleId: 'waymark-fresh-directories',
  register(registry) {
    registry.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        preparers: techdocsPreparerExtensionPoint,
        reader: coreServices.urlReader,
      },
      async init({ config, logger, preparers, reader }) {
        const directories = DirectoryPreparer.fromConfig(config, {
          logger,
          reader,
        });
        preparers.registerPreparer(
          'dir',
          new FreshDirectoryPreparer(directories),
        );
      },
    });
  },
});
