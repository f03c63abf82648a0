import type { RootConfigService } from '@backstage/backend-plugin-api';
import { readSecrets } from '@waymark/plugin-dora-node';

/** What `dora.sources.github` says; `config.d.ts` describes each key. */
export type GithubSettings = {
  secrets: string[];
  host: string;
  /** Empty: the default branch. */
  branches: string[];
  workflows: { name: string; environment: string }[];
  releaseEnvironment?: string;
  incidentLabels: string[];
  notChangeRelatedLabels: string[];
};

/** Reads `dora.sources.github`. */
export function readGithubSettings(root: RootConfigService): GithubSettings {
  const config = root.getOptionalConfig('dora.sources.github');
  return {
    secrets: readSecrets(root, 'github'),
    host: config?.getOptionalString('host') ?? 'github.com',
    branches: config?.getOptionalStringArray('branches') ?? [],
    workflows: (config?.getOptionalConfigArray('workflows') ?? []).map(
      workflow => ({
        name: workflow.getOptionalString('name') ?? 'deploy*',
        environment: workflow.getString('environment'),
      }),
    ),
    releaseEnvironment: config?.getOptionalString('releaseEnvironment'),
    incidentLabels: config?.getOptionalStringArray('incidentLabels') ?? [
      'incident',
    ],
    notChangeRelatedLabels: config?.getOptionalStringArray(
      'notChangeRelatedLabels',
    ) ?? ['not-change-related'],
  };
}
