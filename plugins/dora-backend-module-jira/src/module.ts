import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { deliverySourcesExtensionPoint } from '@waymark/plugin-dora-node';
import { readJiraSettings } from './config';
import { JiraSource } from './JiraSource';

/** Adds Jira Service Management to the systems that deliveries come from. */
export const doraModuleJira = createBackendModule({
  pluginId: 'dora',
  moduleId: 'jira',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        sources: deliverySourcesExtensionPoint,
      },
      async init({ config, sources }) {
        sources.addSource(new JiraSource(readJiraSettings(config)));
      },
    });
  },
});
