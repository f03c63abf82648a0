import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@waymark/plugin-infrastructure-node';
import { readPolicySettings } from './config';
import { OpaServerPolicyEngine } from './OpaServerPolicyEngine';
import { WasmPolicyEngine } from './WasmPolicyEngine';

/** Has requests judged by the rules in `policies`. */
export const infrastructureModuleOpa = createBackendModule({
  pluginId: 'infrastructure',
  moduleId: 'opa',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        policy: policyExtensionPoint,
      },
      async init({ config, policy }) {
        const settings = readPolicySettings(config);
        policy.setPolicyEngine(
          settings.kind === 'server'
            ? new OpaServerPolicyEngine(settings)
            : await WasmPolicyEngine.create(settings.folder),
        );
      },
    });
  },
});
