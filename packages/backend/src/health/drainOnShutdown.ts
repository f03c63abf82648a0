import type {
  LoggerService,
  RootConfigService,
  RootLifecycleService,
} from '@backstage/backend-plugin-api';
import { setTimeout as delay } from 'node:timers/promises';
import type { RequestsInFlight } from './RequestsInFlight';
import { readShutdownPlan } from './shutdown';

/**
 * Lets a stopping portal answer what it has begun. Readiness is off already;
 * balancers get their time to see it, open requests get theirs to finish, and
 * only then plugins, pools and server are closed.
 */
export function drainOnShutdown(options: {
  config: RootConfigService;
  lifecycle: RootLifecycleService;
  logger: LoggerService;
  requests: RequestsInFlight;
}): void {
  const { config, lifecycle, logger, requests } = options;
  const { delayMs, graceMs } = readShutdownPlan(config);
  lifecycle.addBeforeShutdownHook(async () => {
    logger.info(
      `Stopping: not ready from now on, still serving for ${delayMs} ms`,
    );
    requests.drain();
    await delay(delayMs);
    await requests.answered(graceMs);
    if (requests.size > 0) {
      logger.warn(
        `Cutting ${requests.size} requests that were not answered in time`,
      );
    }
  });
}
