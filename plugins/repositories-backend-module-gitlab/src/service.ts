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
import { GitlabRepositories } from './GitlabRepositories';

/** Lets `waymark.repositories.host` be `gitlab`. */
export const gitlabHostServiceFactory = createServiceFactory({
  service: repositoryHostAdaptersServiceRef,
  deps: { config: coreServices.rootConfig, logger: coreServices.rootLogger },
  async factory({ config, logger }): Promise<RepositoryHostAdapter> {
    return {
      host: 'gitlab',
      create: settings =>
        new RemoteRepositoryHost({
          settings,
          remote: GitlabRepositories.create({
            settings,
            config,
            integrations: ScmIntegrations.fromConfig(config),
            logger,
          }),
        }),
    };
  },
});
