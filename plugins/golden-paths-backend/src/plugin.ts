import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { goldenPathsPermissions } from '@waymark/plugin-golden-paths-common';
import { repositoryHostServiceRef } from '@waymark/plugin-repositories-node';
import { registerActions } from './actions/registerActions';
import { readLocalFolders } from './config';
import { AuthorizedNames } from './names/AuthorizedNames';
import { DefaultNames } from './names/DefaultNames';
import { AuthorizedPreviews } from './previews/AuthorizedPreviews';
import { ScaffolderDryRun } from './previews/ScaffolderDryRun';
import { TemplatePreviews } from './previews/TemplatePreviews';
import { TemplateSource } from './previews/TemplateSource';
import { createRouter } from './router';

/** Answers what a person wants to know before they create something. */
export const goldenPathsPlugin = createBackendPlugin({
  pluginId: 'golden-paths',
  register(registry) {
    registry.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        reader: coreServices.urlReader,
        repositories: repositoryHostServiceRef,
      },
      async init({
        actionsRegistry,
        auth,
        catalog,
        config,
        discovery,
        httpAuth,
        httpRouter,
        permissions,
        permissionsRegistry,
        reader,
        repositories,
      }) {
        permissionsRegistry.addPermissions(goldenPathsPermissions);
        const names = new AuthorizedNames(
          DefaultNames.create({ catalog, repositories }),
          permissions,
        );
        const previews = new AuthorizedPreviews(
          TemplatePreviews.create({
            catalog,
            source: TemplateSource.create({
              reader,
              integrations: ScmIntegrations.fromConfig(config),
              localFolders: readLocalFolders(config),
            }),
            dryRun: ScaffolderDryRun.create({ auth, discovery }),
          }),
          permissions,
        );
        registerActions(actionsRegistry, { names, previews });
        httpRouter.use(createRouter({ httpAuth, names, previews }));
      },
    });
  },
});
