import path from 'node:path';
import pg from 'pg';
import {
  EmbeddedPostgres,
  type Database,
} from '../../packages/launcher/src/postgres/server.ts';
import { folder } from '../settings.ts';

/** A PostgreSQL server for one portal alone, of the kind the launcher brings. */
export function startDatabase(name: string, port?: number): Promise<Database> {
  return new EmbeddedPostgres({
    password: 'only-for-benchmarks',
    folder: path.join(folder, `${name}-postgres`),
  }).start({ port });
}

/** Opens a connection; whoever asks for it ends it. */
export async function connect(
  server: Database,
  database: string,
  schema = 'public',
): Promise<pg.Client> {
  const { stop: _, ...connection } = server;
  const client = new pg.Client({
    ...connection,
    database,
    options: `-c search_path=${schema}`,
  });
  await client.connect();
  return client;
}

/** Drops every database of the portal and makes an empty one. */
export async function emptyDatabases(server: Database): Promise<void> {
  const client = await connect(server, 'postgres');
  try {
    const { rows } = await client.query<{ datname: string }>(
      `select datname from pg_database where datname <> 'postgres' and not datistemplate`,
    );
    for (const { datname } of rows) {
      await client.query(
        `drop database ${client.escapeIdentifier(datname)} with (force)`,
      );
    }
    await client.query(
      `create database ${client.escapeIdentifier(server.database)}`,
    );
  } finally {
    await client.end();
  }
}
