import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import {
  readRepositorySettings,
  repositoryHostServiceRef,
} from '@waymark/plugin-repositories-node';
import { CatalogFolders } from './CatalogFolders';
import { FilePlaceholderProcessor } from './FilePlaceholderProcessor';
import { LocationTargetsProcessor } from './LocationTargetsProcessor';
import { RepositorySlugProcessor } from './RepositorySlugProcessor';

/** What the portal adds to how the catalog reads its sources. */
export default createBackendModule({
  pluginId: 'catalog',
  moduleId: 'waymark-files',
  register(registry) {
    registry.registerInit({
      deps: {
        config: coreServices.rootConfig,
        host: repositoryHostServiceRef,
        processing: catalogProcessingExtensionPoint,
      },
      async init({ config, host, processing }) {
        const folders = CatalogFolders.fromConfig(config);
        const integrations = ScmIntegrations.fromConfig(config);
        processing.addProcessor(
          new FilePlaceholderProcessor({ folders }),
          new LocationTargetsProcessor({ integrations }),
        );
        const settings = readRepositorySettings(config);
        if (settings.host !== 'local') {
          processing.addProcessor(
            new RepositorySlugProcessor({ host, settings }),
          );
        }
      },
    });
  },
});
