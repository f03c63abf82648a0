import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { enginesExtensionPoint } from '@waymark/plugin-infrastructure-node';
import { readTerraformSettings } from './config';
import { TerraformEngine } from './TerraformEngine';

/** Adds Terraform, or OpenTofu, to the engines that provision. */
export const infrastructureModuleTerraform = createBackendModule({
  pluginId: 'infrastructure',
  moduleId: 'terraform',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        engines: enginesExtensionPoint,
      },
      async init({ config, engines }) {
        engines.addEngine(
          TerraformEngine.create(readTerraformSettings(config)),
        );
      },
    });
  },
});
