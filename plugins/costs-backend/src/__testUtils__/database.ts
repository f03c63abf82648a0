import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';

/** Where the migrations of the plugin are. */
export const migrations = resolvePackagePath(
  '@waymark/plugin-costs-backend',
  'migrations',
);

/** A database with the tables of the plugin. */
export async function migratedDatabase(
  databases: TestDatabases,
): Promise<Knex> {
  const knex = await databases.init('POSTGRES_18');
  await knex.migrate.latest({ directory: migrations });
  return knex;
}
