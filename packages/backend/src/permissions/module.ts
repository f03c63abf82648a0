import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { GroupAncestry } from './GroupAncestry';
import { readRoleGroups } from './roles';
import { WaymarkPermissionPolicy } from './WaymarkPermissionPolicy';

/** The portal's permission policy, in the place of "everybody may do everything". */
export default createBackendModule({
  pluginId: 'permission',
  moduleId: 'waymark-policy',
  register(registry) {
    registry.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        policy: policyExtensionPoint,
        userInfo: coreServices.userInfo,
      },
      async init({ auth, catalog, config, logger, policy, userInfo }) {
        policy.setPolicy(
          new WaymarkPermissionPolicy({
            ancestry: new GroupAncestry({ auth, catalog }),
            userInfo,
            roleGroups: readRoleGroups(config),
            actions:
              config.getOptionalStringArray('waymark.permission.actions') ?? [],
            logger,
          }),
        );
      },
    });
  },
});
