import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { secretSinksExtensionPoint } from '@waymark/plugin-infrastructure-node';
import { readVaultServers } from './config';
import { VaultSink } from './VaultSink';

/** Adds HashiCorp Vault, or OpenBao, to the places that keep secrets. */
export const infrastructureModuleVault = createBackendModule({
  pluginId: 'infrastructure',
  moduleId: 'vault',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        sinks: secretSinksExtensionPoint,
      },
      async init({ config, sinks }) {
        sinks.addSink(new VaultSink(readVaultServers(config)));
      },
    });
  },
});
