import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { deliverySourcesExtensionPoint } from '@waymark/plugin-dora-node';
import { readOpsgenieSettings } from './config';
import { OpsgenieSource } from './OpsgenieSource';

/** Adds Opsgenie to the systems that deliveries come from. */
export const doraModuleOpsgenie = createBackendModule({
  pluginId: 'dora',
  moduleId: 'opsgenie',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        sources: deliverySourcesExtensionPoint,
      },
      async init({ config, sources }) {
        sources.addSource(new OpsgenieSource(readOpsgenieSettings(config)));
      },
    });
  },
});
