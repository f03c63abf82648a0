import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { repositoryPermissions } from '@waymark/plugin-repositories-common';
import {
  LocalBrowser,
  LocalRepositories,
  readRepositorySettings,
  repositoryHostServiceRef,
} from '@waymark/plugin-repositories-node';
import { registerReadActions } from './actions/registerReadActions';
import { AuthorizedBrowser } from './browse/AuthorizedBrowser';
import { CloneAccess } from './clone/CloneAccess';
import { createCloneRouter } from './clone/createCloneRouter';
import { AuthorizedRepositories } from './reads/AuthorizedRepositories';
import { createReadsRouter } from './reads/createReadsRouter';

/** Serves the repositories that the portal keeps itself; with another host it serves nothing. */
export const repositoriesPlugin = createBackendPlugin({
  pluginId: 'repositories',
  register(env) {
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        // Having it here makes a wrong setting end the start, not the first template.
        host: repositoryHostServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
      },
      async init({
        actionsRegistry,
        auth,
        config,
        host,
        httpAuth,
        httpRouter,
        logger,
        permissions,
        permissionsRegistry,
      }) {
        permissionsRegistry.addPermissions(repositoryPermissions);
        const settings = readRepositorySettings(config);
        logger.info(`New repositories are made on ${host.id}`);
        if (settings.host !== 'local') return;

        const repositories = new LocalRepositories(settings);
        const authorized = new AuthorizedRepositories({
          repositories,
          permissions,
        });
        const access = new CloneAccess({
          anonymous: settings.anonymousClone,
          auth,
          repositories,
          authorized,
        });
        registerReadActions(actionsRegistry, authorized);
        // Git brings its own kind of credentials, and CloneAccess asks for them.
        httpRouter.addAuthPolicy({ path: '/git', allow: 'unauthenticated' });
        httpRouter.use(createCloneRouter({ access, repositories, logger }));
        httpRouter.use(
          createReadsRouter({
            httpAuth,
            repositories: authorized,
            browser: new AuthorizedBrowser({
              browser: new LocalBrowser(repositories),
              authorized,
            }),
          }),
        );
      },
    });
  },
});
