import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 50;

/**
 * Runs work while holding a lock that PostgreSQL gives to one session at a time,
 * on a connection that does nothing else. When the holder's process dies, the
 * server releases the lock by itself.
 *
 * @param knex - a pool with room for one connection more than the work needs
 * @param name - what is locked, for all replicas alike
 */
export async function withAdvisoryLock<T>(
  knex: Knex,
  name: string,
  logger: LoggerService,
  work: () => Promise<T>,
): Promise<T> {
  const connection = await knex.client.acquireConnection();
  const ask = async (call: string): Promise<unknown> => {
    const { rows } = await knex
      .raw(`select ${call}(hashtextextended(?, 0)) as answer`, [name])
      .connection(connection);
    return rows[0].answer;
  };
  try {
    // Asks again and again rather than wait inside the server: a waiting statement
    // holds a snapshot, and the holder's CREATE INDEX CONCURRENTLY waits for all of those.
    for (let tries = 0; !(await ask('pg_try_advisory_lock')); tries += 1) {
      if (tries === 0) {
        logger.info(`Waiting for another replica that holds "${name}"`);
      }
      await delay(pollMs);
    }
    try {
      return await work();
    } finally {
      await ask('pg_advisory_unlock').catch(error => {
        // The session ended, and the lock with it; the connection must not be used again.
        connection.__knex__disposed = error;
      });
    }
  } finally {
    await knex.client.releaseConnection(connection);
  }
}
