import { TestDatabases } from '@backstage/backend-test-utils';
import knexFactory, { type Knex } from 'knex';
import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';

/** Databases for the tests of a file. */
export type Databases = {
  /** One more, with the tables and nothing in them but what migrations put there. */
  init(): Promise<Knex>;
};

/** Of databases: so that one is migrated once, however many files ask for it at the same time. */
const lock = 7_121;

/** Of everything that makes the tables what they are. */
async function digestOf(migrations: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of (await fs.readdir(migrations)).sort()) {
    hash.update(file).update(await fs.readFile(path.join(migrations, file)));
  }
  return hash.digest('hex').slice(0, 32);
}

/**
 * Databases with the tables that migrations make, as many as the tests of a
 * file ask for. The server keeps one for each state of the migrations and
 * copies it, in a fraction of the time that they take; it is
 * `waymark_migrated_<digest>` and stays in a server that stays.
 *
 * @param migrations - the folder they are in
 */
export function useDatabases(migrations: string): Databases {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  const copies: Knex[] = [];
  let connect: (database: string) => Knex;
  let server: Knex;
  let original: string;

  async function migrate(): Promise<void> {
    const { rowCount } = await server.raw(
      'select from pg_database where datname = ?',
      [original],
    );
    if (rowCount) return;
    // It has its name only when it is whole: who makes it may be killed.
    const coming = `db${randomUUID()}`;
    await server.raw('create database ??', [coming]);
    const knex = connect(coming);
    try {
      await knex.migrate.latest({ directory: migrations });
    } finally {
      await knex.destroy();
    }
    await server.raw('alter database ?? rename to ??', [coming, original]);
  }

  beforeAll(async () => {
    const given = (await databases.init('POSTGRES_18')).client.config;
    const { connection } = given;
    connect = database =>
      knexFactory({
        ...given,
        // Knex hides the password from who copies the rest.
        connection: {
          ...connection,
          password: connection.password,
          database,
        },
      });
    server = connect('postgres');
    original = `waymark_migrated_${await digestOf(migrations)}`;
    const holder = await server.client.acquireConnection();
    const alone = server.raw('select pg_advisory_lock(?)', [lock]);
    await alone.connection(holder);
    try {
      await migrate();
    } finally {
      await server
        .raw('select pg_advisory_unlock(?)', [lock])
        .connection(holder);
      await server.client.releaseConnection(holder);
    }
  });

  afterAll(async () => {
    for (const copy of copies) {
      await copy.destroy();
      await server.raw('drop database ?? with (force)', [
        copy.client.config.connection.database,
      ]);
    }
    await server.destroy();
  });

  return {
    async init() {
      const name = `db${randomUUID()}`;
      await server.raw('create database ?? template ??', [name, original]);
      const copy = connect(name);
      copies.push(copy);
      return copy;
    },
  };
}
