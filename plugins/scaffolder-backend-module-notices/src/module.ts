import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { notificationService } from '@backstage/plugin-notifications-node';
import { scaffolderServiceRef } from '@backstage/plugin-scaffolder-node';
import { NoticeStore } from './NoticeStore';
import { TaskNotices } from './TaskNotices';

/** Tells a person when a task of theirs ended, wherever in the portal they are by then. */
export default createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'waymark-notices',
  register(registry) {
    registry.registerInit({
      deps: {
        auth: coreServices.auth,
        database: coreServices.database,
        logger: coreServices.logger,
        notifications: notificationService,
        scaffolder: scaffolderServiceRef,
        scheduler: coreServices.scheduler,
      },
      async init({
        auth,
        database,
        logger,
        notifications,
        scaffolder,
        scheduler,
      }) {
        const store = await NoticeStore.create(database);
        const notices = new TaskNotices({
          auth,
          logger,
          notifications,
          scaffolder,
          store,
        });
        // The scaffolder sends no event when a task ends: it has to be asked.
        await scheduler.scheduleTask({
          id: 'waymark-tell-of-ended-tasks',
          frequency: { seconds: 10 },
          timeout: { minutes: 1 },
          initialDelay: { seconds: 15 },
          fn: () => notices.tell(),
        });
      },
    });
  },
});
