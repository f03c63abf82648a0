import path from 'node:path';
import { paths } from '../paths.ts';
import { EmbeddedPostgres, type Database } from '../postgres/server.ts';

/** Nothing of a test's data has to outlive the machine, so nobody waits for the disk. */
const unsafe = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/** A PostgreSQL server for tests alone, in a folder of its own among the launcher's. */
export async function startTestDatabase(folder: string): Promise<Database> {
  return new EmbeddedPostgres({
    password: 'only-for-tests',
    folder: path.join(paths.home, folder),
    settings: unsafe,
  }).start();
}

/** What makes Backstage's test utilities use the server instead of bringing SQLite. */
export function testDatabaseEnvironment(database: Database): NodeJS.ProcessEnv {
  const { user, password, host, port, database: name } = database;
  return {
    BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING: `postgresql://${user}:${password}@${host}:${port}/${name}`,
  };
}
