import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { readSecrets } from '@waymark/plugin-dora-node';

/** What `dora.sources.jira` says; `config.d.ts` describes each key. */
export type JiraSettings = {
  secrets: string[];
  issueTypes: string[];
  serviceBy: 'project' | 'component';
  notChangeRelatedLabels: string[];
};

/**
 * Reads `dora.sources.jira`.
 *
 * @throws InputError when `serviceBy` is something else
 */
export function readJiraSettings(root: RootConfigService): JiraSettings {
  const config = root.getOptionalConfig('dora.sources.jira');
  const serviceBy = config?.getOptionalString('serviceBy') ?? 'project';
  if (serviceBy !== 'project' && serviceBy !== 'component') {
    throw new InputError(
      `dora.sources.jira.serviceBy is ${serviceBy}; it may be project or component`,
    );
  }
  return {
    secrets: readSecrets(root, 'jira'),
    issueTypes: config?.getOptionalStringArray('issueTypes') ?? [
      'Incident',
      '[System] Incident',
    ],
    serviceBy,
    notChangeRelatedLabels: config?.getOptionalStringArray(
      'notChangeRelatedLabels',
    ) ?? ['not-change-related'],
  };
}
