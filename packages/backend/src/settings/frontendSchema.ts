import { createBackendModule } from '@backstage/backend-plugin-api';
import { configSchemaExtensionPoint } from '@backstage/plugin-app-node';
import { configSchemaServiceRef } from './configSchema';

/** Tells the browser what the schema of the whole configuration lets it see. */
export default createBackendModule({
  pluginId: 'app',
  moduleId: 'config-schema',
  register({ registerInit }) {
    registerInit({
      deps: { app: configSchemaExtensionPoint, schema: configSchemaServiceRef },
      async init({ app, schema }) {
        app.setConfigSchema(schema);
      },
    });
  },
});
