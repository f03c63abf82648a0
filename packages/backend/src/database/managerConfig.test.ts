import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { managerConfig } from './managerConfig';
import { readDatabaseSettings } from './settings';

function read(database: JsonObject, own: JsonObject = {}) {
  const config = new ConfigReader({
    backend: {
      database: { client: 'pg', pluginDivisionMode: 'schema', ...database },
    },
    waymark: { database: own },
  });
  return managerConfig(config, readDatabaseSettings(config)).getConfig(
    'backend.database',
  );
}

describe('managerConfig', () => {
  const connection = { host: 'db', database: 'portal' };

  it('gives every wait an end', () => {
    const config = read({ connection });
    expect(config.get('connection')).toMatchObject({
      host: 'db',
      database: 'portal',
      connectionTimeoutMillis: 5_000,
      statement_timeout: 20_000,
      query_timeout: 25_000,
      keepAlive: true,
    });
    expect(config.get('knexConfig')).toEqual({
      acquireConnectionTimeout: 10_000,
      pool: { min: 0, max: 5 },
    });
  });

  it('takes the time-outs from waymark.database', () => {
    const config = read(
      { connection },
      { statementTimeout: '1m', queryTimeout: { seconds: 70 }, poolSize: 9 },
    );
    expect(config.getNumber('connection.statement_timeout')).toBe(60_000);
    expect(config.getNumber('connection.query_timeout')).toBe(70_000);
    expect(config.getNumber('knexConfig.pool.max')).toBe(9);
  });

  it('lets what the operator wrote win', () => {
    const config = read({
      connection: { ...connection, statement_timeout: 1 },
      knexConfig: { pool: { max: 20 } },
      plugin: { catalog: { connection: { statement_timeout: 2 } } },
    });
    expect(config.getNumber('connection.statement_timeout')).toBe(1);
    expect(config.getNumber('knexConfig.pool.max')).toBe(20);
    expect(
      config.getNumber('plugin.catalog.connection.statement_timeout'),
    ).toBe(2);
  });

  it('understands a connection string', () => {
    const config = read({
      connection: 'postgresql://me:secret@db:5499/portal',
    });
    expect(config.get('connection')).toMatchObject({
      host: 'db',
      port: '5499',
      user: 'me',
      password: 'secret',
      database: 'portal',
      statement_timeout: 20_000,
    });
  });

  it.each([
    { client: 'better-sqlite3', connection },
    { pluginDivisionMode: 'database', connection },
    { connection: { host: 'db' } },
  ])('refuses what is not one database for all plugins: %j', database => {
    expect(() => read(database)).toThrow(
      'backend.database must name one PostgreSQL database',
    );
  });
});
