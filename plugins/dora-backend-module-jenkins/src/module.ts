import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { deliverySourcesExtensionPoint } from '@waymark/plugin-dora-node';
import { readJenkinsSettings } from './config';
import { JenkinsSource } from './JenkinsSource';

/** Adds Jenkins to the systems that deliveries come from. */
export const doraModuleJenkins = createBackendModule({
  pluginId: 'dora',
  moduleId: 'jenkins',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        sources: deliverySourcesExtensionPoint,
      },
      async init({ config, sources }) {
        sources.addSource(new JenkinsSource(readJenkinsSettings(config)));
      },
    });
  },
});
