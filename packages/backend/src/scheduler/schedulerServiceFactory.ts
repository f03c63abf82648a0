import { DefaultSchedulerService } from '@backstage/backend-defaults/scheduler';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { operatorsOnly } from './operatorsOnly';

/** Upstream's scheduler, with its routes kept for operators. */
export const schedulerServiceFactory = createServiceFactory({
  service: coreServices.scheduler,
  deps: {
    database: coreServices.database,
    httpAuth: coreServices.httpAuth,
    httpRouter: coreServices.httpRouter,
    logger: coreServices.logger,
    metrics: metricsServiceRef,
    permissions: coreServices.permissions,
    pluginMetadata: coreServices.pluginMetadata,
    rootLifecycle: coreServices.rootLifecycle,
  },
  factory({ httpAuth, permissions, httpRouter, ...deps }) {
    const gate = operatorsOnly({ httpAuth, permissions });
    return DefaultSchedulerService.create({
      ...deps,
      httpRouter: {
        ...httpRouter,
        use(handler) {
          httpRouter.use(gate);
          httpRouter.use(handler);
        },
      },
    });
  },
});
