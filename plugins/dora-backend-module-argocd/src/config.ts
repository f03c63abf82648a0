import type { RootConfigService } from '@backstage/backend-plugin-api';
import { readSecrets } from '@waymark/plugin-dora-node';

/** What `dora.sources.argocd` says; `config.d.ts` describes each key. */
export type ArgocdSettings = { secrets: string[] };

/** Reads `dora.sources.argocd`. */
export function readArgocdSettings(root: RootConfigService): ArgocdSettings {
  return { secrets: readSecrets(root, 'argocd') };
}
