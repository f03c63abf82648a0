import pg from 'pg';
import type { Database } from '../postgres/server.ts';
import { bringPostgresTools } from '../toolchain/postgresTools.ts';
import { runLogged } from '../toolchain/run.ts';
import { readContents, type TableContents } from './contents.ts';

/** Opens a connection for as long as the work takes. */
export async function withClient<T>(
  { host, port, user, password, database }: Database,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ host, port, user, password, database });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function environment(database: Database): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PGHOST: database.host,
    PGPORT: String(database.port),
    PGUSER: database.user,
    PGPASSWORD: database.password,
  };
}

/**
 * Dumps a database, of which others may make use meanwhile.
 *
 * @returns what stood in it at the moment that the dump holds
 */
export async function backUp(
  database: Database,
  file: string,
): Promise<TableContents[]> {
  const tool = await bringPostgresTools();
  return withClient(database, async client => {
    // Whoever shares this snapshot sees the same moment, however long it takes.
    await client.query('begin isolation level repeatable read read only');
    const { rows } = await client.query<{ id: string }>(
      'select pg_export_snapshot() as id',
    );
    await runLogged(
      'pg_dump',
      tool('pg_dump'),
      [
        '--format=custom',
        `--snapshot=${rows[0].id}`,
        `--file=${file}`,
        database.database,
      ],
      {
        env: environment(database),
        remedy: 'The role needs to read every table of the portal.',
      },
    );
    return readContents(client);
  });
}

/** Puts a dump into an empty database: all of it, or nothing. */
export async function restore(database: Database, file: string): Promise<void> {
  const tool = await bringPostgresTools();
  await runLogged(
    'pg_restore',
    tool('pg_restore'),
    [
      `--dbname=${database.database}`,
      '--no-owner',
      '--exit-on-error',
      '--single-transaction',
      file,
    ],
    {
      env: environment(database),
      remedy: 'Is the dump whole, and the database empty?',
    },
  );
}
