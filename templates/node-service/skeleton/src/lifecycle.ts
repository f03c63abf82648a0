import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

/** Whether this process wants requests; readiness answers with it. */
export class Lifecycle {
  #state: 'starting' | 'ready' | 'draining' = 'starting';

  get state() {
    return this.#state;
  }

  markReady(): void {
    if (this.#state === 'starting') {
      this.#state = 'ready';
    }
  }

  markDraining(): void {
    this.#state = 'draining';
  }
}

// A collector that does not answer must not keep a finished process alive.
const FLUSH_LIMIT_MS = 3000;

/**
 * On SIGTERM or SIGINT: readiness goes off, load balancers get `delayMs` to
 * notice, running requests get `timeoutMs` to finish. Exits with 0 when all
 * finished, with 1 at the deadline. A second signal ends the process at once.
 */
export function stopOnSignals(options: {
  app: FastifyInstance;
  lifecycle: Lifecycle;
  logger: Logger;
  delayMs: number;
  timeoutMs: number;
  flush: () => Promise<void>;
}): void {
  const { app, lifecycle, logger, delayMs, timeoutMs, flush } = options;

  const stop = async () => {
    await sleep(delayMs);
    const deadline = setTimeout(() => {
      logger.error({ timeoutMs }, 'requests still running at the deadline');
      process.exit(1);
    }, timeoutMs);
    await app.close();
    clearTimeout(deadline);
    await Promise.race([
      flush().catch((err: unknown) => {
        logger.warn({ err }, 'telemetry was not flushed');
      }),
      sleep(FLUSH_LIMIT_MS),
    ]);
    logger.info('stopped');
    process.exit(0);
  };

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (lifecycle.state === 'draining') {
        logger.warn({ signal }, 'second signal, ending at once');
        process.exit(1);
      }
      lifecycle.markDraining();
      logger.info({ signal }, 'draining');
      stop().catch((err: unknown) => {
        logger.fatal({ err }, 'shutdown failed');
        process.exit(1);
      });
    });
  }
}
