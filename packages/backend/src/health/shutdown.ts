import type { RootConfigService } from '@backstage/backend-plugin-api';
import { readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

const delayKey = 'backend.lifecycle.serverShutdownDelay';

/** From the signal to the end of the process at the latest, in milliseconds; Kubernetes kills after 30 s. */
export const shutdownLimitMs = 24_000;

/** Of that, for closing plugins, pools and server. */
const closingMs = 4_000;

/** How a portal that was asked to stop spends its time, in milliseconds. */
export type ShutdownPlan = {
  /** Not ready any more but still serving, so that every balancer sees it. */
  delayMs: number;
  /** For requests that are still open after that. */
  graceMs: number;
};

/**
 * Reads `backend.lifecycle.serverShutdownDelay`: 10 s in production and none in
 * development unless it is set.
 *
 * @throws InputError when the delay would leave open requests no time
 */
export function readShutdownPlan(config: RootConfigService): ShutdownPlan {
  const production =
    config.getOptionalString('waymark.environment') === 'production';
  const delayMs = durationToMilliseconds(
    config.has(delayKey)
      ? readDurationFromConfig(config, { key: delayKey })
      : { seconds: production ? 10 : 0 },
  );
  const graceMs = Math.min(10_000, shutdownLimitMs - closingMs - delayMs);
  if (graceMs < 5_000) {
    throw new InputError(
      `${delayKey} is ${
        delayMs / 1000
      } s, but a portal ends within 25 s and needs 10 of them to finish its requests: set at most 15 s.`,
    );
  }
  return { delayMs, graceMs };
}
