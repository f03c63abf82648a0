import { createBackendModule } from '@backstage/backend-plugin-api';
import { findTasks } from './findTasks';
import { taskBroker } from './taskBroker';

/** A scaffolder that begins with every task that it has acknowledged. */
export default createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'waymark-tasks',
  register(registry) {
    registry.registerInit({
      deps: {},
      async init() {
        findTasks(taskBroker());
      },
    });
  },
});
