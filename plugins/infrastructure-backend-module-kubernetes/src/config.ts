import type { RootConfigService } from '@backstage/backend-plugin-api';
import { SinkServer } from '@waymark/plugin-infrastructure-node';

/** Reads `infrastructure.kubernetes.clusters`. */
export function readClusters(root: RootConfigService): SinkServer[] {
  const clusters = root.getOptionalConfig('infrastructure.kubernetes.clusters');
  return (clusters?.keys() ?? []).map(name =>
    SinkServer.read(name, clusters!.getConfig(name), token => ({
      accept: 'application/json',
      authorization: `Bearer ${token}`,
    })),
  );
}
