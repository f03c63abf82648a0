import type { RootConfigService } from '@backstage/backend-plugin-api';
import { SinkServer } from '@waymark/plugin-infrastructure-node';

/** Reads `infrastructure.vault.servers`. */
export function readVaultServers(root: RootConfigService): SinkServer[] {
  const servers = root.getOptionalConfig('infrastructure.vault.servers');
  return (servers?.keys() ?? []).map(name => {
    const config = servers!.getConfig(name);
    const namespace = config.getOptionalString('namespace');
    return SinkServer.read(name, config, token => ({
      'x-vault-request': 'true',
      'x-vault-token': token,
      ...(namespace && { 'x-vault-namespace': namespace }),
    }));
  });
}
