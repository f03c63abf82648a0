import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import {
  DirectoryPreparer,
  techdocsGeneratorExtensionPoint,
  techdocsPreparerExtensionPoint,
} from '@backstage/plugin-techdocs-node';
import { FreshDirectoryPreparer } from './FreshDirectoryPreparer';
import { SelfContainedGenerator } from './SelfContainedGenerator';

/**
 * Docs on disk are built when they changed, not at every visit, and all docs
 * without leaning on other servers.
 */
export default createBackendModule({
  pluginId: 'techdocs',
  moduleId: 'waymark-docs',
  register(registry) {
    registry.registerInit({
      deps: {
        config: coreServices.rootConfig,
        generators: techdocsGeneratorExtensionPoint,
        logger: coreServices.logger,
        preparers: techdocsPreparerExtensionPoint,
        reader: coreServices.urlReader,
      },
      async init({ config, generators, logger, preparers, reader }) {
        const directories = DirectoryPreparer.fromConfig(config, {
          logger,
          reader,
        });
        preparers.registerPreparer(
          'dir',
          new FreshDirectoryPreparer(directories),
        );
        generators.setTechdocsGenerator(
          new SelfContainedGenerator({
            config,
            logger,
            scmIntegrations: ScmIntegrations.fromConfig(config),
          }),
        );
      },
    });
  },
});
