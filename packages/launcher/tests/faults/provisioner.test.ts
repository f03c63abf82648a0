import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import {
  bringProvisioner,
  provisioner,
} from '../../src/postgres/provisioner.ts';
import { EmbeddedPostgres, type Database } from '../../src/postgres/server.ts';
import type { Secrets } from '../../src/secrets.ts';

let folder: string;
let database: Database;

before(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'waymark-provisioner-'));
  // PostgreSQL runs as another account, which has to pass through.
  await fs.chmod(folder, 0o755);
  database = await new EmbeddedPostgres({ password: 'own', folder }).start();
});
after(async () => {
  await database.stop();
  await fs.rm(folder, { recursive: true, force: true });
});

const bring = (provisionerPassword: string) =>
  bringProvisioner(database, { provisionerPassword } as Secrets, {
    closed: ['postgres', 'template1'],
  });

/** What a role gets to see in a database. */
async function ask(
  who: { user: string; password: string; database: string },
  statement: string,
): Promise<object[]> {
  const { host, port } = database;
  const client = new pg.Client({ host, port, ...who });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

test('the role that makes databases for people reaches nothing of the portal', async () => {
  await bring('first');
  await bring('second');
  const role = { user: provisioner, database: 'postgres' };
  await assert.rejects(
    ask({ ...role, password: 'first' }, 'select 1'),
    /password authentication failed/,
  );
  const own = { ...role, password: 'second' };
  assert.deepEqual(
    await ask(
      own,
      `select rolsuper, rolcreatedb, rolcreaterole from pg_roles
        where rolname = current_user`,
    ),
    [{ rolsuper: false, rolcreatedb: true, rolcreaterole: true }],
  );
  await assert.rejects(
    ask({ ...own, database: 'waymark' }, 'select 1'),
    /permission denied for database/,
  );
  await assert.rejects(
    ask(own, 'alter role waymark password null'),
    /permission denied/,
  );
});

test('who gets a database sees no other', async () => {
  await bring('third');
  const maker = { user: provisioner, password: 'third', database: 'postgres' };
  await ask(maker, `create role guest login password 'guest'`);
  for (const name of ['waymark', 'postgres', 'template1']) {
    await assert.rejects(
      ask({ user: 'guest', password: 'guest', database: name }, 'select 1'),
      /permission denied for database/,
    );
  }
});
