import { TestDatabases } from '@backstage/backend-test-utils';
import knexFactory, { type Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { migratedDatabase } from './database';

/**
 * Databases with the tables of the plugin, as many as the tests of a file ask
 * for. The first is migrated; PostgreSQL copies it for the others, in a fraction
 * of the time.
 */
export function useDatabases(): { init(): Promise<Knex> } {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  const copies: Knex[] = [];
  let server: Knex;
  let original: Knex.PgConnectionConfig & { database: string };

  const connect = (config: Knex.Config, database: string) =>
    knexFactory({ ...config, connection: { ...original, database } });

  beforeAll(async () => {
    const knex = await migratedDatabase(databases);
    const { connection } = knex.client.config;
    // Knex hides it from who copies the rest.
    original = { ...connection, password: connection.password };
    server = connect(knex.client.config, 'postgres');
    // What somebody is connected to is not copied.
    await knex.destroy();
  });

  afterAll(async () => {
    for (const copy of copies) {
      await copy.destroy();
      await server.raw('drop database ??', [
        copy.client.config.connection.database,
      ]);
    }
    await server.destroy();
  });

  return {
    async init() {
      const name = `db${randomUUID()}`;
      await server.raw('create database ?? template ??', [
        name,
        original.database,
      ]);
      const copy = connect(server.client.config, name);
      copies.push(copy);
      return copy;
    },
  };
}
