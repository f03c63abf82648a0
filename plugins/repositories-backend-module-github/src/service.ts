import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import {
  RemoteRepositoryHost,
  repositoryHostAdaptersServiceRef,
  type RepositoryHostAdapter,
} from '@waymark/plugin-repositories-node';
import { GithubRepositories } from './GithubRepositories';

/** Lets `waymark.repositories.host` be `github`. */
export const githubHostServiceFactory = createServiceFactory({
  service: repositoryHostAdaptersServiceRef,
  deps: { config: coreServices.rootConfig, logger: coreServices.rootLogger },
  async factory({ config, logger }): Promise<RepositoryHostAdapter> {
    return {
      host: 'github',
      create: settings =>
        new RemoteRepositoryHost({
          settings,
          remote: GithubRepositories.create({
            settings,
            config,
            integrations: ScmIntegrations.fromConfig(config),
            logger,
          }),
        }),
    };
  },
});
