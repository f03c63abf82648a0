import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { deliverySourcesExtensionPoint } from '@waymark/plugin-dora-node';
import { readGitlabSettings } from './config';
import { connectHistory } from './connectHistory';
import { GitlabSource } from './GitlabSource';

/** Adds GitLab to the systems that deliveries come from. */
export const doraModuleGitlab = createBackendModule({
  pluginId: 'dora',
  moduleId: 'gitlab',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        sources: deliverySourcesExtensionPoint,
      },
      async init({ config, sources }) {
        const settings = readGitlabSettings(config);
        sources.addSource(
          new GitlabSource(settings, connectHistory(config, settings)),
        );
      },
    });
  },
});
