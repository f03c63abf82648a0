import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { readSecrets } from '@waymark/plugin-dora-node';

const annotations = [
  'gitlab.com/project-slug',
  'gitlab.com/project-id',
] as const;

/** What `dora.sources.gitlab` says; `config.d.ts` describes each key. */
export type GitlabSettings = {
  secrets: string[];
  host: string;
  /** Empty: the default branch. */
  branches: string[];
  annotation: (typeof annotations)[number];
  pipelines: { ref: string; environment: string }[];
  incidentLabels: string[];
  notChangeRelatedLabels: string[];
};

/**
 * Reads `dora.sources.gitlab`.
 *
 * @throws InputError when the annotation is another
 */
export function readGitlabSettings(root: RootConfigService): GitlabSettings {
  const config = root.getOptionalConfig('dora.sources.gitlab');
  const wanted = config?.getOptionalString('annotation') ?? annotations[0];
  const annotation = annotations.find(known => known === wanted);
  if (!annotation) {
    throw new InputError(
      `dora.sources.gitlab.annotation is ${wanted}; it may be ${annotations.join(
        ' or ',
      )}`,
    );
  }
  return {
    secrets: readSecrets(root, 'gitlab'),
    host: config?.getOptionalString('host') ?? 'gitlab.com',
    branches: config?.getOptionalStringArray('branches') ?? [],
    annotation,
    pipelines: (config?.getOptionalConfigArray('pipelines') ?? []).map(
      pipeline => ({
        ref: pipeline.getString('ref'),
        environment: pipeline.getString('environment'),
      }),
    ),
    incidentLabels: config?.getOptionalStringArray('incidentLabels') ?? [
      'incident',
    ],
    notChangeRelatedLabels: config?.getOptionalStringArray(
      'notChangeRelatedLabels',
    ) ?? ['not-change-related'],
  };
}
