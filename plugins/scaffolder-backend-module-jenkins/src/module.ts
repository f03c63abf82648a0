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
import { createMigrateAction } from './actions/createMigrateAction';

/** The template step that translates a Jenkinsfile into a workflow of GitHub. */
export default createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'jenkins',
  register(registry) {
    registry.registerInit({
      deps: {
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        host: repositoryHostServiceRef,
        scaffolder: scaffolderActionsExtensionPoint,
        userInfo: coreServices.userInfo,
      },
      async init({ catalog, config, host, scaffolder, userInfo }) {
        const fallbackAuthor = readDefaultAuthor(config);
        scaffolder.addActions(
          createMigrateAction({ host, catalog, userInfo, fallbackAuthor }),
        );
      },
    });
  },
});
