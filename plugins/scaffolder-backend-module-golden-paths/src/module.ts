import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { Layers, readLayersFolder } from '@waymark/plugin-golden-paths-node';
import { createRenderAction } from './actions/createRenderAction';

/** The template step that renders a golden path. */
export default createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'golden-paths',
  register(registry) {
    registry.registerInit({
      deps: {
        config: coreServices.rootConfig,
        reader: coreServices.urlReader,
        scaffolder: scaffolderActionsExtensionPoint,
      },
      async init({ config, reader, scaffolder }) {
        scaffolder.addActions(
          createRenderAction({
            reader,
            integrations: ScmIntegrations.fromConfig(config),
            layers: new Layers(readLayersFolder(config)),
          }),
        );
      },
    });
  },
});
