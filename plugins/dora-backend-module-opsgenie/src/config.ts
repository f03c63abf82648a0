import type { RootConfigService } from '@backstage/backend-plugin-api';
import { readSecrets } from '@waymark/plugin-dora-node';

/** What `dora.sources.opsgenie` says; `config.d.ts` describes each key. */
export type OpsgenieSettings = { secrets: string[]; priorities: string[] };

/** Reads `dora.sources.opsgenie`. */
export function readOpsgenieSettings(
  root: RootConfigService,
): OpsgenieSettings {
  return {
    secrets: readSecrets(root, 'opsgenie'),
    priorities: root.getOptionalStringArray(
      'dora.sources.opsgenie.priorities',
    ) ?? ['P1', 'P2'],
  };
}
