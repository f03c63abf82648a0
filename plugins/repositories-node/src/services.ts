import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { LocalRepositoryHost } from './local/LocalRepositoryHost';
import type { RepositoryHost } from './RepositoryHost';
import { readRepositorySettings, type RemoteSettings } from './settings';

/** Knows how to reach one kind of Git host outside the portal. */
export type RepositoryHostAdapter = {
  /** The value of `waymark.repositories.host` that chooses it. */
  host: RemoteSettings['host'];
  create(settings: RemoteSettings): RepositoryHost;
};

/** Adapters add themselves here, each with a service factory of its own. */
export const repositoryHostAdaptersServiceRef =
  createServiceRef<RepositoryHostAdapter>({
    id: 'repositories.hostAdapters',
    scope: 'root',
    multiton: true,
  });

/** The host on which this portal makes new repositories. */
export const repositoryHostServiceRef = createServiceRef<RepositoryHost>({
  id: 'repositories.host',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.rootLogger,
        adapters: repositoryHostAdaptersServiceRef,
      },
      async factory({ config, logger, adapters }) {
        const settings = readRepositorySettings(config);
        if (settings.host === 'local') {
          return LocalRepositoryHost.create({ settings, logger });
        }
        const adapter = adapters.find(({ host }) => host === settings.host);
        if (!adapter) {
          throw new Error(
            `waymark.repositories.host is "${settings.host}", and the backend holds no adapter for it; add @waymark/plugin-repositories-backend-module-${settings.host}`,
          );
        }
        return adapter.create(settings);
      },
    }),
});
