import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { AuthorizedProcessingErrors } from './AuthorizedProcessingErrors';
import { createRouter } from './createRouter';
import { StoredProcessingErrors } from './ProcessingErrors';
import { ProcessingErrorStore } from './ProcessingErrorStore';

/** Lists the entities that the catalog could not process. */
export default createBackendModule({
  pluginId: 'catalog',
  moduleId: 'waymark-processing-errors',
  register(registry) {
    registry.registerInit({
      deps: {
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        permissions: coreServices.permissions,
        router: coreServices.httpRouter,
      },
      async init({ database, httpAuth, permissions, router }) {
        const store = new ProcessingErrorStore(database);
        const errors = new AuthorizedProcessingErrors(
          new StoredProcessingErrors(store),
          permissions,
        );
        router.use(createRouter({ errors, httpAuth }));
      },
    });
  },
});
