import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { enginesExtensionPoint } from '@waymark/plugin-infrastructure-node';
import { readPostgresServers } from './config';
import { PostgresEngine } from './PostgresEngine';

/** Adds PostgreSQL to the engines that provision. */
export const infrastructureModulePostgres = createBackendModule({
  pluginId: 'infrastructure',
  moduleId: 'postgres',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        engines: enginesExtensionPoint,
      },
      async init({ config, engines }) {
        engines.addEngine(
          PostgresEngine.create({ servers: readPostgresServers(config) }),
        );
      },
    });
  },
});
