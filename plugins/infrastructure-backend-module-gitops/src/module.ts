import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { enginesExtensionPoint } from '@waymark/plugin-infrastructure-node';
import { readGitopsSettings } from './config';
import { GitopsEngine } from './GitopsEngine';

/** Adds Git repositories that a cluster reconciles to the engines that provision. */
export const infrastructureModuleGitops = createBackendModule({
  pluginId: 'infrastructure',
  moduleId: 'gitops',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        engines: enginesExtensionPoint,
      },
      async init({ config, engines }) {
        engines.addEngine(
          await GitopsEngine.create(readGitopsSettings(config)),
        );
      },
    });
  },
});
