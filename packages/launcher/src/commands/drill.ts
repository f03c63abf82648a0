import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { differences, readContents } from '../backup/contents.ts';
import { backUp, restore, withClient } from '../backup/database.ts';
import {
  checkRepositories,
  packRepositories,
  unpackRepositories,
} from '../backup/repositories.ts';
import { say, step } from '../console/progress.ts';
import { LaunchFailure } from '../failure.ts';
import { paths } from '../paths.ts';
import { givenDatabase } from '../postgres/database.ts';
import { EmbeddedPostgres, type Database } from '../postgres/server.ts';
import { loadSecrets } from '../secrets.ts';
import { bringPostgresTools } from '../toolchain/postgresTools.ts';

const size = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** The portal's database; an embedded server that runs already is left running. */
async function openDatabase(): Promise<Database> {
  const given = givenDatabase(process.env);
  if (given) return given;
  const { postgresPassword } = await loadSecrets();
  const server = new EmbeddedPostgres({ password: postgresPassword });
  const ran = await server.isRunning();
  const database = await server.start();
  return ran ? { ...database, stop: async () => undefined } : database;
}

async function drillDatabase(
  database: Database,
  folder: string,
): Promise<void> {
  const dump = path.join(folder, 'waymark.dump');
  const scratch = {
    ...database,
    database: `${database.database}_restore_drill`,
  };
  const drop = () =>
    withClient(database, client =>
      client.query(
        `drop database if exists ${client.escapeIdentifier(
          scratch.database,
        )} with (force)`,
      ),
    );

  let before: Awaited<ReturnType<typeof backUp>> = [];
  await step('Backing up the database', async () => {
    before = await backUp(database, dump);
    const { size: bytes } = await fs.stat(dump);
    return `Database backed up, ${size.format(bytes / 1e6)} MB`;
  });
  await drop();
  try {
    await step('Restoring it beside the one in use', async () => {
      await withClient(database, client =>
        client.query(
          `create database ${client.escapeIdentifier(scratch.database)}`,
        ),
      );
      await restore(scratch, dump);
      return 'Restored beside the one in use';
    });
    await step('Comparing every row', async () => {
      const after = await withClient(scratch, readContents);
      const lost = differences(before, after);
      if (lost.length) {
        throw new LaunchFailure(
          `The restored database differs: ${lost.join('; ')}.`,
          'Do not rely on this backup. Compare the versions of pg_dump and of the server.',
        );
      }
      const rows = after.reduce((sum, table) => sum + table.rows, 0);
      return `Every row is there: ${size.format(rows)} in ${
        after.length
      } tables`;
    });
  } finally {
    await drop();
  }
}

async function drillRepositories(folder: string): Promise<void> {
  const repositories = process.env.WAYMARK_REPOSITORIES || paths.repositories;
  const there = await fs.access(repositories).then(
    () => true,
    () => false,
  );
  if (!there) {
    say(`  – No repositories in ${repositories}: nothing to copy`);
    return;
  }
  await step('Copying the repositories', async () => {
    const archive = path.join(folder, 'repositories.tar.gz');
    await packRepositories(repositories, archive);
    await unpackRepositories(archive, folder);
    const count = await checkRepositories(
      path.join(folder, path.basename(repositories)),
    );
    return `Repositories copied and whole: ${count}`;
  });
}

/**
 * `npm run drill`: backs up, restores beside what is in use, and compares. What
 * is in use is only read, and the portal may go on.
 */
export async function drill(): Promise<void> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'waymark-drill-'));
  try {
    await step('PostgreSQL tools', bringPostgresTools);
    const started = performance.now();
    const database = await openDatabase();
    try {
      await drillDatabase(database, folder);
    } finally {
      await database.stop();
    }
    await drillRepositories(folder);
    const seconds = (performance.now() - started) / 1000;
    say(
      `\n  The backup can be restored. All of it: ${size.format(seconds)} s.`,
    );
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}
