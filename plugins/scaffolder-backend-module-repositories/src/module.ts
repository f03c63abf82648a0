import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  readDefaultAuthor,
  repositoryHostServiceRef,
} from '@waymark/plugin-repositories-node';
import { createDiscardAction } from './actions/createDiscardAction';
import { createPublishAction } from './actions/createPublishAction';
import { createRegisterAction } from './actions/createRegisterAction';
import { CatalogTraces } from './catalog/CatalogTraces';

/** Template steps that publish a repository, register it, and take it back. */
export default createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'repositories',
  register(registry) {
    registry.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        host: repositoryHostServiceRef,
        logger: coreServices.logger,
        scaffolder: scaffolderActionsExtensionPoint,
      },
      async init({ auth, catalog, config, host, logger, scaffolder }) {
        const traces = new CatalogTraces({ auth, catalog, logger });
        const fallbackAuthor = readDefaultAuthor(config);
        scaffolder.addActions(
          createPublishAction({ host, traces, fallbackAuthor }),
          createRegisterAction({ host, catalog, traces }),
          createDiscardAction({ host, traces }),
        );
      },
    });
  },
});
