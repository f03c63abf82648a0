import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { readSecrets } from '@waymark/plugin-dora-node';

/** A job whose builds are deployments. */
export type DeployingJob = {
  name: string;
  environment?: string;
  environmentParameter?: string;
};

/** What `dora.sources.jenkins` says; `config.d.ts` describes each key. */
export type JenkinsSettings = { secrets: string[]; jobs: DeployingJob[] };

/**
 * Reads `dora.sources.jenkins`.
 *
 * @throws InputError when a job says nothing of its environment
 */
export function readJenkinsSettings(root: RootConfigService): JenkinsSettings {
  const jobs = root.getOptionalConfigArray('dora.sources.jenkins.jobs') ?? [];
  return {
    secrets: readSecrets(root, 'jenkins'),
    jobs: jobs.map(job => {
      const name = job.getString('name');
      const environment = job.getOptionalString('environment');
      const environmentParameter = job.getOptionalString(
        'environmentParameter',
      );
      if (!environment && !environmentParameter) {
        throw new InputError(
          `dora.sources.jenkins.jobs: ${name} has neither an environment nor an environmentParameter`,
        );
      }
      return { name, environment, environmentParameter };
    }),
  };
}
