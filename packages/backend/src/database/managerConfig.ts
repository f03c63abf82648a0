import type { RootConfigService } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { JsonObject, JsonValue } from '@backstage/types';
import { parse } from 'pg-connection-string';
import type { DatabaseSettings } from './settings';

/** The id under which the monitor has its connection; no plugin may have it. */
export const monitorId = 'waymark-monitor';

/** Until the monitor calls a probe lost, in milliseconds. */
export const probeMs = 2_000;

const asObject = (value: JsonValue | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? value
    : {};

function connectionObject(value: JsonValue | undefined): JsonObject {
  if (typeof value !== 'string') return asObject(value);
  return JSON.parse(JSON.stringify(parse(value)));
}

/**
 * The configuration given to Backstage's DatabaseManager: the operator's own,
 * with time-outs and pool sizes where the operator says nothing. Databases and
 * schemas are left to us, because the manager's way of making them races.
 *
 * @throws InputError when the configuration names no PostgreSQL with a schema per plugin
 */
export function managerConfig(
  config: RootConfigService,
  settings: DatabaseSettings,
): ConfigReader {
  const given = config.getConfig('backend.database').get<JsonObject>();
  if (
    given.client !== 'pg' ||
    given.pluginDivisionMode !== 'schema' ||
    !connectionObject(given.connection).database
  ) {
    throw new InputError(
      'backend.database must name one PostgreSQL database for all plugins: set client to pg, pluginDivisionMode to schema, and connection.database.',
    );
  }
  const plugins = asObject(given.plugin);
  const knexConfig = asObject(given.knexConfig);
  return new ConfigReader({
    backend: {
      database: {
        ...given,
        ensureExists: false,
        ensureSchemaExists: false,
        connection: {
          connectionTimeoutMillis: settings.connectMs,
          statement_timeout: settings.statementMs,
          query_timeout: settings.queryMs,
          keepAlive: true,
          keepAliveInitialDelayMillis: 10_000,
          ...connectionObject(given.connection),
        },
        knexConfig: {
          acquireConnectionTimeout: settings.acquireMs,
          ...knexConfig,
          pool: {
            min: 0,
            max: settings.poolSize,
            ...asObject(knexConfig.pool),
          },
        },
        plugin: {
          ...plugins,
          [monitorId]: {
            connection: {
              connectionTimeoutMillis: probeMs,
              statement_timeout: probeMs,
              query_timeout: probeMs,
            },
            knexConfig: {
              acquireConnectionTimeout: probeMs,
              pool: { min: 0, max: 1 },
            },
          },
        },
      },
    },
  });
}
