import {
  coreServices,
  createServiceFactory,
  type LoggerService,
  type RootConfigService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import {
  repositoryHostAdaptersServiceRef,
  type RepositoryHostAdapter,
} from '../services';
import type { RemoteSettings } from '../settings';
import { HttpGitHost, type GitHostDialect } from './HttpGitHost';
import { RemoteRepositoryHost } from './RemoteRepositoryHost';

/** What a dialect is made of. */
export type GitHostContext = {
  settings: RemoteSettings;
  config: RootConfigService;
  integrations: ScmIntegrations;
  logger: LoggerService;
};

/**
 * The host's entry under `integrations`.
 *
 * @throws InputError when there is none
 */
export function requireIntegration<Kind extends RemoteSettings['host']>(
  kind: Kind,
  { settings, integrations }: GitHostContext,
): NonNullable<ReturnType<ScmIntegrations[Kind]['byHost']>> {
  const integration = integrations[kind].byHost(settings.hostname);
  if (!integration) {
    throw new InputError(
      `Repositories are to be made on ${settings.hostname}, and integrations.${kind} has no entry with that host`,
    );
  }
  return integration as NonNullable<
    ReturnType<ScmIntegrations[Kind]['byHost']>
  >;
}

/** A service factory that lets `waymark.repositories.host` be this kind of host. */
export function createGitHostFactory(
  host: RemoteSettings['host'],
  createDialect: (context: GitHostContext) => GitHostDialect,
) {
  return createServiceFactory({
    service: repositoryHostAdaptersServiceRef,
    deps: { config: coreServices.rootConfig, logger: coreServices.rootLogger },
    async factory({ config, logger }): Promise<RepositoryHostAdapter> {
      const integrations = ScmIntegrations.fromConfig(config);
      return {
        host,
        create: settings =>
          new RemoteRepositoryHost({
            settings,
            remote: new HttpGitHost(
              createDialect({ settings, config, integrations, logger }),
            ),
          }),
      };
    },
  });
}
