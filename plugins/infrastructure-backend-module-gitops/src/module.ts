import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { enginesExtensionPoint } from '@waymark/plugin-infrastructure-node';
import { repositoryHostServiceRef } from '@waymark/plugin-repositories-node';
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
        host: repositoryHostServiceRef,
      },
      async init({ config, engines, host }) {
        engines.addEngine(
          await GitopsEngine.create(readGitopsSettings(config), host),
        );
      },
    });
  },
});
