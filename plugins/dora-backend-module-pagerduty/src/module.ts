import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { deliverySourcesExtensionPoint } from '@waymark/plugin-dora-node';
import { readPagerdutySettings } from './config';
import { PagerdutySource } from './PagerdutySource';

/** Adds PagerDuty to the systems that deliveries come from. */
export const doraModulePagerduty = createBackendModule({
  pluginId: 'dora',
  moduleId: 'pagerduty',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        sources: deliverySourcesExtensionPoint,
      },
      async init({ config, sources }) {
        sources.addSource(new PagerdutySource(readPagerdutySettings(config)));
      },
    });
  },
});
