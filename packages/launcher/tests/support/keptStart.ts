import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Database } from '../../src/postgres/server.ts';

/**
 * Where a run of the tests keeps the data of a portal after its first start:
 * with all tables, and nothing in them. Whoever begins there spares itself every
 * migration. Without it each portal begins from nothing.
 */
const kept = process.env.WAYMARK_KEPT_START;

/** With owners and modes: the database belongs to an account of its own. */
const copy = (from: string, to: string) =>
  promisify(execFile)('cp', ['-a', from, to]);

/**
 * Begins a data folder, which must not be there yet, with what is kept.
 *
 * @returns whether something was
 */
export async function beginWithKept(data: string): Promise<boolean> {
  if (!kept) return false;
  const there = await fs.stat(kept).catch(() => undefined);
  if (there) await copy(kept, data);
  return there !== undefined;
}

/** Lets everything that is done from time to time be due, as it is at a first start. */
async function forgetSchedules(database: Database): Promise<void> {
  const { host, port, user, password } = database;
  const client = new pg.Client({
    ...{ host, port, user, password },
    database: database.database,
  });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select oid::regclass::text as name from pg_class
     where relname = 'backstage_backend_tasks__tasks'`,
  );
  for (const { name } of rows) await client.query(`delete from ${name}`);
  await client.end();
}

/** Whether this run keeps one. */
export const mayKeep = kept !== undefined;

/**
 * Keeps the data folder of a portal that was started once and stopped, for
 * those who begin later. Its database is stopped, too.
 */
export async function keep(data: string, database: Database): Promise<void> {
  if (!kept) return;
  await forgetSchedules(database);
  await database.stop();
  // Whole or not at all.
  await copy(data, `${kept}.partial`);
  await fs.rename(`${kept}.partial`, kept);
}
