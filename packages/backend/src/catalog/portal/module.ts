import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { readContract, readContractText } from '@waymark/plugin-openapi-node';
import { contractPackages } from './contracts';
import { PortalEntityProvider } from './PortalEntityProvider';
import {
  toApiEntity,
  toPortalComponent,
  type PortalApi,
} from './portalEntities';
import { readPortalSettings } from './settings';

function readApi(packageName: string): PortalApi {
  const { info, servers } = readContract(packageName);
  return {
    title: info.title,
    description: info.description,
    mount: servers[0].url,
    text: readContractText(packageName),
  };
}

/** Registers the portal's own APIs where every other API is. */
export default createBackendModule({
  pluginId: 'catalog',
  moduleId: 'waymark-portal',
  register(registry) {
    registry.registerInit({
      deps: {
        config: coreServices.rootConfig,
        processing: catalogProcessingExtensionPoint,
      },
      async init({ config, processing }) {
        const settings = readPortalSettings(config);
        const apis = contractPackages.map(readApi);
        processing.addEntityProvider(
          new PortalEntityProvider([
            ...apis.map(api => toApiEntity(api, settings)),
            ...(settings.described ? [] : [toPortalComponent(apis, settings)]),
          ]),
        );
      },
    });
  },
});
