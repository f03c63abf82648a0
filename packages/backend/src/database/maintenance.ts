import type { LoggerService } from '@backstage/backend-plugin-api';
import knexFactory, { type Knex } from 'knex';

/** What a maintenance client does differently from the pool it is derived from. */
export type MaintenanceOptions = {
  /** Until a single statement is given up, in milliseconds. */
  statementMs: number;
  /** Takes what Knex would print. */
  logger: LoggerService;
  /** Another database on the same server. */
  database?: string;
};

/**
 * Until a connection stands, in milliseconds. A portal that starts on a busy
 * machine reads modules for seconds without looking at its sockets, and would
 * take a shorter time for a server that does not answer.
 */
const connectMs = 30_000;

/** What Backstage's DatabaseManager makes of the configuration of a plugin. */
type PluginConfig = {
  connection:
    | Knex.PgConnectionConfig
    | (() => Promise<Knex.PgConnectionConfig>);
  searchPath?: readonly string[];
  role?: string;
};

/**
 * A small pool beside a plugin's own, for work that may take longer than a
 * request: making databases and schemas, and migrations.
 */
export function maintenanceClient(
  plugin: Knex,
  { statementMs, logger, database }: MaintenanceOptions,
): Knex {
  const { config }: { config: PluginConfig } = plugin.client;
  const { connection, role } = config;
  // Each of these is also thrown; whoever catches it says more.
  const note = (message: unknown) => logger.debug(String(message));
  const settings = async (): Promise<Knex.PgConnectionConfig> => {
    const own =
      typeof connection === 'function' ? await connection() : connection;
    return {
      ...own,
      // Knex hides the password from enumeration, so the spread above leaves it out.
      password: own.password,
      ...(database && { database }),
      connectionTimeoutMillis: connectMs,
      statement_timeout: statementMs,
      // Later than the server, which knows better why it takes so long.
      query_timeout: statementMs + 5_000,
    };
  };
  return knexFactory({
    client: 'pg',
    searchPath: config.searchPath,
    connection: settings,
    useNullAsDefault: true,
    log: { debug: note, deprecate: note, error: note, warn: note },
    pool: {
      min: 0,
      // One holds the lock while the migrations use the others.
      max: 3,
      idleTimeoutMillis: 1_000,
      reapIntervalMillis: 500,
      afterCreate(
        raw: { query(sql: string, done: (error?: Error) => void): void },
        done: (error?: Error) => void,
      ) {
        if (role) raw.query(`set role "${role.replace(/"/g, '""')}"`, done);
        else done();
      },
    },
  });
}
