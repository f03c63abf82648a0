import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { deliverySourcesExtensionPoint } from '@waymark/plugin-dora-node';
import { readGithubSettings } from './config';
import { connectHistory } from './connectHistory';
import { GithubSource } from './GithubSource';

/** Adds GitHub to the systems that deliveries come from. */
export const doraModuleGithub = createBackendModule({
  pluginId: 'dora',
  moduleId: 'github',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        sources: deliverySourcesExtensionPoint,
      },
      async init({ config, sources }) {
        const settings = readGithubSettings(config);
        sources.addSource(
          new GithubSource(settings, connectHistory(config, settings)),
        );
      },
    });
  },
});
