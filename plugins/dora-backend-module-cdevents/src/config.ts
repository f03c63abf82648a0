import type { RootConfigService } from '@backstage/backend-plugin-api';
import { readSecrets } from '@waymark/plugin-dora-node';

/** What `dora.sources.cdevents` says; `config.d.ts` describes each key. */
export type CdeventsSettings = { secrets: string[] };

/** Reads `dora.sources.cdevents`. */
export function readCdeventsSettings(
  root: RootConfigService,
): CdeventsSettings {
  return { secrets: readSecrets(root, 'cdevents') };
}
