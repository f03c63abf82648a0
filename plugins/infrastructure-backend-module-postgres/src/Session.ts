import { setTimeout as delay } from 'node:timers/promises';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import type { PostgresServer } from './config';
import { explain } from './explain';

/** Opens a connection; tests bring their own, which breaks where they say. */
export type Connect = (server: PostgresServer) => Promise<Client>;

const connectTimeoutMs = 10_000;
const statementTimeoutMs = 120_000;
const lockTimeoutMs = 60_000;
const lockEveryMs = 100;

/** Opens a connection as the configuration says. */
export const connect: Connect = async server => {
  const { ssl, ...connection } = server.connection;
  const client = new Client({
    ...connection,
    ssl,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    application_name: 'waymark provisioning',
  });
  // A connection that breaks while idle says so here, and again to the next statement.
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  return client;
};

/** A part of a statement that is ready to stand in it. */
class Quoted {
  constructor(readonly text: string) {}
}

/** A name, quoted whatever is in it. */
export function id(name: string): Quoted {
  return new Quoted(escapeIdentifier(name));
}

function quoted(value: Quoted | string | number): string {
  if (value instanceof Quoted) return value.text;
  return typeof value === 'number' ? String(value) : escapeLiteral(value);
}

/**
 * A statement of those that take no parameters, such as `create role`: names go
 * in through {@link id}, numbers as they are, and all other values as quoted text.
 */
export function sql(
  words: TemplateStringsArray,
  ...values: (Quoted | string | number)[]
): string {
  return words.reduce(
    (text, word, index) => text + quoted(values[index - 1]) + word,
  );
}

/** A connection to a server, for one run. */
export class Session {
  readonly #client: Client;
  readonly #signal: AbortSignal;

  private constructor(client: Client, signal: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
  }

  /** Does the work on a new connection; errors say which server they come from. */
  static async on<T>(
    server: PostgresServer,
    options: { connect: Connect; signal: AbortSignal },
    work: (session: Session) => Promise<T>,
  ): Promise<T> {
    try {
      options.signal.throwIfAborted();
      const client = await options.connect(server);
      try {
        return await Session.over(client, options.signal, work);
      } finally {
        await client.end().catch(() => undefined);
      }
    } catch (error) {
      throw explain(error, server);
    }
  }

  /** Does the work on a connection that is somebody else's to open and to end. */
  static over<T>(
    client: Client,
    signal: AbortSignal,
    work: (session: Session) => Promise<T>,
  ): Promise<T> {
    return work(new Session(client, signal));
  }

  /** Stops here when the run is to stop: between two statements nothing is half done that the next attempt would not find. */
  async run<Row extends object>(
    statement: string,
    values?: unknown[],
  ): Promise<Row[]> {
    this.#signal.throwIfAborted();
    const { rows } = await this.#client.query<Row>(statement, values);
    return rows;
  }

  /** All of the statements, or none. */
  async together(statements: string[]): Promise<void> {
    // In one message: a connection that breaks takes all of them along.
    await this.run(['begin', ...statements, 'commit'].join(';\n'));
  }

  /**
   * Waits until no other session works under the same name; holds on until the
   * session ends, on whichever side that happens.
   */
  async lock(name: string): Promise<void> {
    const deadline = performance.now() + lockTimeoutMs;
    for (;;) {
      // Asked for again and again, because a wait would not see the signal.
      const [{ held }] = await this.run<{ held: boolean }>(
        `select pg_try_advisory_lock(hashtextextended($1, 0)) as held`,
        [`waymark ${name}`],
      );
      if (held) return;
      if (performance.now() > deadline) {
        throw Object.assign(new Error('lock not available'), { code: '55P03' });
      }
      await delay(lockEveryMs, undefined, { signal: this.#signal });
    }
  }
}
