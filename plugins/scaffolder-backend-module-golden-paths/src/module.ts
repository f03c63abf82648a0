import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  Layers,
  readLayersFolder,
  readPortalUrl,
} from '@waymark/plugin-golden-paths-node';
import {
  readDefaultAuthor,
  repositoryHostServiceRef,
} from '@waymark/plugin-repositories-node';
import { createAdoptAction } from './actions/createAdoptAction';
import { createAddPipelineAction } from './actions/createAddPipelineAction';
import { createRenderAction } from './actions/createRenderAction';

/** The template steps that render a golden path, bring a repository under one, and add the standard pipeline. */
export default createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'golden-paths',
  register(registry) {
    registry.registerInit({
      deps: {
        auth: coreServices.auth,
        discovery: coreServices.discovery,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        host: repositoryHostServiceRef,
        reader: coreServices.urlReader,
        scaffolder: scaffolderActionsExtensionPoint,
        userInfo: coreServices.userInfo,
      },
      async init({
        auth,
        catalog,
        config,
        discovery,
        host,
        reader,
        scaffolder,
        userInfo,
      }) {
        const layers = new Layers(readLayersFolder(config));
        scaffolder.addActions(
          createRenderAction({
            reader,
            integrations: ScmIntegrations.fromConfig(config),
            layers,
            portalUrl: readPortalUrl(config),
          }),
          createAdoptAction({ auth, discovery }),
          createAddPipelineAction({
            host,
            catalog,
            userInfo,
            layers,
            fallbackAuthor: readDefaultAuthor(config),
          }),
        );
      },
    });
  },
});
