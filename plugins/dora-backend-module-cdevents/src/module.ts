import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { deliverySourcesExtensionPoint } from '@waymark/plugin-dora-node';
import { readCdeventsSettings } from './config';
import { CdeventsSource } from './CdeventsSource';

/** Adds CDEvents to the systems that deliveries come from. */
export const doraModuleCdevents = createBackendModule({
  pluginId: 'dora',
  moduleId: 'cdevents',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        sources: deliverySourcesExtensionPoint,
      },
      async init({ config, sources }) {
        sources.addSource(new CdeventsSource(readCdeventsSettings(config)));
      },
    });
  },
});
