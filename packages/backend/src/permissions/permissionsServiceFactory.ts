import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ServerPermissionClient } from '@backstage/plugin-permission-node';
import { RememberedDecisions } from './RememberedDecisions';

/** Upstream's client of the permission plugin, which keeps its answers for a moment. */
export const permissionsServiceFactory = createServiceFactory({
  service: coreServices.permissions,
  deps: {
    auth: coreServices.auth,
    config: coreServices.rootConfig,
    discovery: coreServices.discovery,
  },
  factory({ auth, config, discovery }) {
    return new RememberedDecisions({
      auth,
      permissions: ServerPermissionClient.fromConfig(config, {
        auth,
        discovery,
      }),
    });
  },
});
