import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { PortalDatabase } from './PortalDatabase';

const migrationConfig: Knex.MigratorConfig = {
  migrationSource: {
    getMigrations: async () => ['20260101000000_add_walks'],
    getMigrationName: (name: string) => name,
    getMigration: async () => ({
      // As the catalog does: cannot run in a transaction, and waits for all snapshots.
      config: { transaction: false },
      async up(knex: Knex) {
        await knex.schema.createTable('walks', table => table.integer('steps'));
        await knex.raw('create index concurrently walks_steps on walks(steps)');
      },
      down: (knex: Knex) => knex.schema.dropTable('walks'),
    }),
  },
};

describe('PortalDatabase', () => {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  const closing: (() => void | Promise<void>)[] = [];
  const names: string[] = [];
  let administration: Knex;
  let server: JsonObject;

  beforeAll(async () => {
    administration = await databases.init('POSTGRES_18');
    const { host, port, user, password } =
      administration.client.config.connection;
    server = { host, port, user, password };
  });

  afterEach(async () => {
    await Promise.all(closing.splice(0).map(close => close()));
    for (const name of names.splice(0)) {
      await administration.raw('drop database if exists ?? with (force)', [
        name,
      ]);
    }
  });

  /** A replica: in production each of these is a process of its own. */
  function replica(
    database: string,
    {
      connection = {},
      own = {},
    }: { connection?: JsonObject; own?: JsonObject } = {},
  ) {
    const logger = mockServices.logger.mock();
    logger.child.mockReturnValue(logger);
    const lifecycle = mockServices.rootLifecycle.mock({
      addShutdownHook: hook => {
        closing.push(hook);
      },
    });
    const portal = PortalDatabase.create({
      config: new ConfigReader({
        backend: {
          database: {
            client: 'pg',
            pluginDivisionMode: 'schema',
            connection: { ...server, ...connection, database },
          },
        },
        waymark: { database: own },
      }),
      logger,
      lifecycle,
    });
    const plugin = (id: string) =>
      portal
        .forPlugin(id, { logger, lifecycle: mockServices.lifecycle.mock() })
        .getClient();
    return { portal, plugin, logger };
  }

  function freshName(): string {
    const name = `portal_${randomUUID()}`;
    names.push(name);
    return name;
  }

  it('makes the database and a schema per plugin, and migrates once, however many replicas start', async () => {
    const name = freshName();
    const replicas = [1, 2, 3].map(() => replica(name));
    const clients = await Promise.all(
      replicas.map(async ({ plugin }) => {
        const client = await plugin('trails');
        await client.migrate.latest(migrationConfig);
        return client;
      }),
    );
    expect(await clients[0]('trails.knex_migrations').pluck('name')).toEqual([
      '20260101000000_add_walks',
    ]);
    await clients[1]('walks').insert({ steps: 7 });
    expect(await clients[2]('trails.walks')).toEqual([{ steps: 7 }]);
  });

  it('frees the migration lock that a killed process left behind, and says so', async () => {
    const name = freshName();
    const first = await replica(name).plugin('trails');
    await first.migrate.latest(migrationConfig);
    await first('knex_migrations_lock').update({ is_locked: 1 });
    await first('knex_migrations').delete();
    await first.schema.dropTable('walks');

    const { plugin, logger } = replica(name);
    const next = await plugin('trails');
    await next.migrate.latest(migrationConfig);

    expect(await next('walks')).toEqual([]);
    expect(await next('knex_migrations_lock').pluck('is_locked')).toEqual([0]);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('Freed the migration lock knex_migrations_lock'),
    );
  });

  it('opens one pool per plugin', async () => {
    const { plugin } = replica(freshName());
    const [one, same, other] = await Promise.all([
      plugin('trails'),
      plugin('trails'),
      plugin('maps'),
    ]);
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });

  it('gives a statement up in time, without its text', async () => {
    const { plugin } = replica(freshName(), {
      own: { statementTimeout: { milliseconds: 50 } },
    });
    const client = await plugin('trails');
    const failure = await client
      .raw('select pg_sleep(60)')
      .catch(error => error);
    expect(failure).toMatchObject({
      name: 'ServiceUnavailableError',
      code: '57014',
    });
    expect(failure.message).not.toContain('pg_sleep');
  });

  it('gives up on a server that does not answer, and drops the connection', async () => {
    const { plugin } = replica(freshName(), {
      own: {
        statementTimeout: { minutes: 1 },
        queryTimeout: { milliseconds: 100 },
        poolSize: 1,
      },
    });
    const client = await plugin('trails');
    const pid = async () =>
      (await client.raw('select pg_backend_pid() as pid')).rows[0].pid;
    const before = await pid();
    await expect(client.raw('select pg_sleep(60)')).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
    expect(await pid()).not.toBe(before);
  });

  it('does not cut a migration that takes longer than a statement may', async () => {
    const { plugin } = replica(freshName(), {
      own: { statementTimeout: { milliseconds: 50 } },
    });
    const client = await plugin('trails');
    await client.migrate.latest({
      migrationSource: {
        getMigrations: async () => ['20260101000000_take_long'],
        getMigrationName: (name: string) => name,
        getMigration: async () => ({
          up: (knex: Knex) => knex.raw('select pg_sleep(0.2)'),
          down: async () => undefined,
        }),
      },
    });
    expect(await client('knex_migrations').pluck('name')).toHaveLength(1);
  });

  it('tells users of a lost connection nothing but that it is lost', async () => {
    const { plugin } = replica(freshName());
    const client = await plugin('trails');
    const failure = await client
      .raw('select pg_terminate_backend(pg_backend_pid())')
      .catch(error => error);
    expect(failure).toMatchObject({ name: 'ServiceUnavailableError' });
    expect((await client.raw('select 1 as well')).rows).toEqual([{ well: 1 }]);
  });

  it('says what to check when the server is not there', async () => {
    const { plugin } = replica(freshName(), { connection: { port: 1 } });
    await expect(plugin('trails')).rejects.toThrow(
      'check backend.database.connection',
    );
  });
});
