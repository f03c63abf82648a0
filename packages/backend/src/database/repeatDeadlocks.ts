import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/** Including the first. */
const attempts = 3;

/** deadlock_detected and serialization_failure: PostgreSQL undid all of it, and asks to do it again. */
const again = new Set(['40P01', '40001']);

type Begin = (...args: unknown[]) => Promise<unknown>;

async function repeat<T>(
  work: () => Promise<T>,
  logger: LoggerService,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const { code } = error as { code?: string };
      if (attempt === attempts || !code || !again.has(code)) throw error;
      logger.info('A transaction is repeated: it stood in the way of another', {
        code,
        attempt,
      });
    }
  }
}

/**
 * Makes a pool repeat transactions that PostgreSQL ended because they and
 * others waited for each other, such as a person's refresh of an entity that is
 * just being processed. Only those given as a function can be repeated; the
 * function may run up to three times, and none of it lasts but the last.
 */
export function repeatDeadlocks(knex: Knex, logger: LoggerService): void {
  const begin = knex.transaction.bind(knex) as Begin;
  const repeated: Begin = (...args) =>
    typeof args[0] === 'function'
      ? repeat(() => begin(...args), logger)
      : begin(...args);
  Object.defineProperty(knex, 'transaction', { value: repeated });
}
