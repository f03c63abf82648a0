import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { enginesExtensionPoint } from '@waymark/plugin-infrastructure-node';
import { CloudEngine } from './cloud/CloudEngine';
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
        logger: coreServices.logger,
      },
      async init({ config, engines, logger }) {
        const settings = readTerraformSettings(config);
        const engine = settings.cloud
          ? CloudEngine.create(settings, settings.cloud)
          : TerraformEngine.create(settings);
        engines.addEngine(engine);
        const reason = await engine.unavailable();
        if (reason) logger.warn(reason);
      },
    });
  },
});
