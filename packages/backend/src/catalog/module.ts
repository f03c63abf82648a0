import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { CatalogFolders } from './CatalogFolders';
import { FilePlaceholderProcessor } from './FilePlaceholderProcessor';

/** What the portal adds to how the catalog reads its sources. */
export default createBackendModule({
  pluginId: 'catalog',
  moduleId: 'waymark-files',
  register(registry) {
    registry.registerInit({
      deps: {
        config: coreServices.rootConfig,
        processing: catalogProcessingExtensionPoint,
      },
      async init({ config, processing }) {
        const folders = CatalogFolders.fromConfig(config);
        processing.addProcessor(new FilePlaceholderProcessor({ folders }));
      },
    });
  },
});
