import type { Knex } from 'knex';
import { databaseUnavailable } from './databaseUnavailable';
import { isDatabaseUnavailable } from './isDatabaseUnavailable';

type Callback = (error: unknown, result?: unknown) => void;

/** What we touch of the driver's connection and of Knex's marks on it. */
type Connection = {
  query(...args: unknown[]): unknown;
  connection: { stream: { destroy(): void } };
  __knex__disposed?: unknown;
};

/** The two places where a Knex client gets its connections. */
type Client = {
  acquireRawConnection(): Promise<Connection>;
  acquireConnection(): Promise<Connection>;
};

/** The server ended this session, or hangs: its connection is of no use to the next request. */
function isLost(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return (
    /^(08|57P0)/.test(code ?? '') ||
    /query read timeout|connection terminated/i.test(message ?? '')
  );
}

/** The driver leaves a lost connection in the pool until the socket closes, which may be never. */
function dropWhenLost(connection: Connection, error: unknown): void {
  if (!isLost(error)) return;
  connection.__knex__disposed ??= 'the server ended it or gave no answer';
  connection.connection.stream.destroy();
}

function guard(
  connection: Connection,
  translate: (error: unknown) => unknown,
): Connection {
  const query = connection.query.bind(connection);
  const fail = (error: unknown) => {
    dropWhenLost(connection, error);
    return translate(error);
  };
  connection.query = (...args) => {
    const callback = args.at(-1);
    if (typeof callback === 'function') {
      const answer: Callback = (error, result) =>
        callback(error ? fail(error) : error, result);
      return query(...args.slice(0, -1), answer);
    }
    const result = query(...args);
    return result instanceof Promise
      ? result.catch(error => {
          throw fail(error);
        })
      : result;
  };
  return connection;
}

/**
 * Makes a pool tell its users that the database is unavailable in one way
 * (ServiceUnavailableError, no address, no SQL), however the driver says it,
 * and drop connections to a server that hangs.
 *
 * @param onUnavailable - called each time before a user of the pool is told so
 */
export function guardConnections(knex: Knex, onUnavailable: () => void): void {
  const translate = (error: unknown) => {
    if (!isDatabaseUnavailable(error)) return error;
    onUnavailable();
    return databaseUnavailable(error);
  };
  const client: Client = knex.client;
  const acquireRaw = client.acquireRawConnection.bind(client);
  const acquire = client.acquireConnection.bind(client);
  client.acquireRawConnection = () =>
    acquireRaw().then(
      connection => guard(connection, translate),
      error => {
        throw translate(error);
      },
    );
  client.acquireConnection = () =>
    acquire().catch(error => {
      throw translate(error);
    });
}
