import { ServiceUnavailableError } from '@backstage/errors';

/** What a client reads while the database is away. Names no address. */
export const databaseUnavailableMessage =
  'The database does not answer. Nothing acknowledged is lost; try again in a few seconds.';

/** Seconds after which a client may try again. */
export const retryAfterSeconds = 2;

/**
 * The error in the place of the driver's own, which names host and port and
 * which every router would answer with 500.
 *
 * @param cause - the driver's error; its `code` is kept for those who tell cases apart by it
 */
export function databaseUnavailable(cause?: unknown): ServiceUnavailableError {
  const error = new ServiceUnavailableError(databaseUnavailableMessage);
  // Knex writes the statement in front of every message; a response must not show it.
  Object.defineProperty(error, 'message', {
    configurable: true,
    enumerable: false,
    get: () => databaseUnavailableMessage,
    set: () => undefined,
  });
  const { code } = (cause ?? {}) as { code?: unknown };
  return code === undefined ? error : Object.assign(error, { code });
}
