import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { GroupAncestry } from '../permissions/GroupAncestry';
import { OwnedLocations } from '../permissions/ownedLocations';
import { readRoleGroups } from '../permissions/roles';
import { createLocationRouter } from './router';
import { readLocationSettings } from './settings';

/** What may be registered in the catalog, and who may take it out again. Modules come before their plugin, so this router is asked first. */
export default createBackendModule({
  pluginId: 'catalog',
  moduleId: 'waymark-locations',
  register(registry) {
    registry.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        userInfo: coreServices.userInfo,
      },
      async init({ auth, catalog, config, httpAuth, httpRouter, userInfo }) {
        httpRouter.use(
          createLocationRouter({
            settings: readLocationSettings(config),
            auth,
            httpAuth,
            ownedLocations: new OwnedLocations({
              auth,
              catalog,
              userInfo,
              ancestry: new GroupAncestry({ auth, catalog }),
              roleGroups: readRoleGroups(config),
            }),
          }),
        );
      },
    });
  },
});
