import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { goldenPathsPermissions } from '@waymark/plugin-golden-paths-common';
import { repositoryHostServiceRef } from '@waymark/plugin-repositories-node';
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
        const names = DefaultNames.create({ catalog, repositories });
        const previews = TemplatePreviews.create({
          catalog,
          source: TemplateSource.create({
            reader,
            integrations: ScmIntegrations.fromConfig(config),
            localFolders: readLocalFolders(config),
          }),
          dryRun: ScaffolderDryRun.create({ auth, discovery }),
        });
        httpRouter.use(
          createRouter({
            httpAuth,
            names: new AuthorizedNames(names, permissions),
            previews: new AuthorizedPreviews(previews, permissions),
          }),
        );
      },
    });
  },
});
