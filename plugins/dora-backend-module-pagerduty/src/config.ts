import type { RootConfigService } from '@backstage/backend-plugin-api';
import { readSecrets } from '@waymark/plugin-dora-node';

/** What `dora.sources.pagerduty` says; `config.d.ts` describes each key. */
export type PagerdutySettings = { secrets: string[] };

/** Reads `dora.sources.pagerduty`. */
export function readPagerdutySettings(
  root: RootConfigService,
): PagerdutySettings {
  return { secrets: readSecrets(root, 'pagerduty') };
}
