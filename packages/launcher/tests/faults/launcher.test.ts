import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { signIn } from '../../src/identity/signIn.ts';
import { paths } from '../../src/paths.ts';
import { EmbeddedPostgres } from '../../src/postgres/server.ts';
import { TestLauncher } from '../support/launcher.ts';

let launcher: TestLauncher;

before(async () => {
  launcher = await TestLauncher.create();
});

after(async () => {
  await launcher.dispose();
});

/** What a failed command must look like: one sentence, one remedy, no stack. */
function assertPlain(said: string): void {
  assert.match(said, /✗ /);
  assert.doesNotMatch(said, /^\s+at /m);
}

test('a port in use is one clear sentence', async () => {
  const other = net.createServer().listen(launcher.port, '127.0.0.1');
  await new Promise(resolve => other.once('listening', resolve));
  try {
    const start = launcher.run('start');
    assert.equal(await start.ended, 1);
    assertPlain(start.said);
    assert.match(start.said, new RegExp(`Port ${launcher.port}.*in use`));
    assert.match(start.said, /WAYMARK_PORT=/);
  } finally {
    await new Promise(resolve => other.close(resolve));
  }
});

test('a database that does not answer is one clear sentence', async () => {
  const start = launcher.run('start', [], {
    POSTGRES_HOST: '127.0.0.1',
    POSTGRES_PORT: '1',
  });
  assert.equal(await start.ended, 1);
  assertPlain(start.said);
  assert.match(start.said, /POSTGRES_HOST/);
});

test('a full disk is one clear sentence', async t => {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'waymark-full-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], {
      stdio: 'ignore',
    });
  } catch {
    t.skip('mounting a small disk needs root');
    return;
  }
  try {
    const full = await TestLauncher.create(folder);
    const start = full.run('start');
    assert.equal(await start.ended, 1);
    assertPlain(start.said);
    assert.match(start.said, /disk is full/);
  } finally {
    execFileSync('umount', ['-l', folder]);
  }
});

test('no network on a first start is one clear sentence', async () => {
  const bare = await fs.mkdtemp(path.join(os.tmpdir(), 'waymark-bare-'));
  const bin = path.join(bare, 'packages', 'launcher', 'bin');
  await fs.mkdir(bin, { recursive: true });
  const entry = path.join(bin, 'waymark.mjs');
  await fs.copyFile(
    path.join(paths.root, 'packages/launcher/bin/waymark.mjs'),
    entry,
  );
  for (const file of ['package.json', 'yarn.lock', '.yarnrc.yml']) {
    await fs.copyFile(path.join(paths.root, file), path.join(bare, file));
  }
  let said = '';
  assert.throws(
    () =>
      execFileSync(process.execPath, [entry, 'start'], {
        env: {
          ...process.env,
          npm_config_registry: 'http://127.0.0.1:1',
          npm_config_fetch_retries: '0',
          npm_config_cache: path.join(bare, 'cache'),
        },
        stdio: 'pipe',
        encoding: 'utf8',
      }),
    (error: { status: number; stderr: string }) => {
      said = error.stderr;
      return error.status === 1;
    },
  );
  assertPlain(said);
  assert.match(said, /registry could not be reached/);
  await fs.rm(bare, { recursive: true, force: true });
});

test('a launcher killed while it starts hinders nobody', async () => {
  for (const moment of [/Frontend/, /PostgreSQL/, /identity issuer/]) {
    const start = launcher.run('start');
    await start.says(moment);
    start.process.kill('SIGKILL');
    await start.ended;
  }
  const start = launcher.run('start');
  await start.says(/Open http/);

  const second = launcher.run('start');
  assert.equal(await second.ended, 1);
  assertPlain(second.said);
  assert.match(second.said, /already runs/);

  start.process.kill('SIGKILL');
  await start.ended;
});

test('after a killed launcher the next start serves, and Ctrl-C stops all of it', async () => {
  const start = launcher.run('start');
  await start.says(/Open http/);
  assert.ok(await signIn(launcher.url, 'amara'));
  start.process.kill('SIGINT');
  assert.equal(await start.ended, 0);
  assert.match(start.said, /Stopped/);
  await assert.rejects(fetch(launcher.url));
  assert.deepEqual(
    await fs.readdir(path.join(launcher.home, 'run')),
    [],
    'nothing of this launcher is left running',
  );
});

/** Where the server listens that a killed launcher left in its folder. */
async function portOfServer(home: string): Promise<number> {
  const file = path.join(home, 'data', 'postgres', '18', 'postmaster.pid');
  return Number((await fs.readFile(file, 'utf8')).split('\n')[3]);
}

/** Whether anybody listens there. */
function listens(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

test('a reset of the data stops what a killed launcher left and keeps what was built', async () => {
  const start = launcher.run('start');
  await start.says(/✓ Local identity issuer/);
  start.process.kill('SIGKILL');
  await start.ended;
  const server = await portOfServer(launcher.home);
  assert.ok(await listens(server), 'PostgreSQL outlives its launcher');

  const reset = launcher.run('reset', ['--data']);
  assert.equal(await reset.ended, 0);
  assert.match(reset.said, /The data is gone/);
  assert.equal(await listens(server), false);
  const left = await fs.readdir(launcher.home);
  assert.deepEqual(
    left.filter(name => ['data', 'run'].includes(name)),
    [],
  );
  await fs.access(path.join(paths.root, 'packages/app/dist/index.html'));
  await fs.access(path.join(paths.root, 'node_modules/.yarn-state.yml'));
  await fs.access(paths.toolchain);
});

test('on a given server no embedded one starts, and that one is left running', async () => {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'waymark-given-'));
  // PostgreSQL runs as another account, which has to pass through.
  await fs.chmod(folder, 0o755);
  const { stop, ...given } = await new EmbeddedPostgres({
    password: 'given',
    folder,
  }).start();
  try {
    const start = launcher.run('start', [], {
      POSTGRES_HOST: given.host,
      POSTGRES_PORT: String(given.port),
      POSTGRES_USER: given.user,
      POSTGRES_PASSWORD: given.password,
      POSTGRES_DATABASE: 'platform',
    });
    await start.says(/✓ Portal/);
    const data = await fs.readdir(path.join(launcher.home, 'data'));
    assert.ok(!data.includes('postgres'), `there is ${data}`);
    start.process.kill('SIGINT');
    await start.ended;

    const client = new pg.Client({ ...given, database: 'platform' });
    await client.connect();
    const { rows } = await client.query(
      'select count(*)::int as plugins from pg_tables where tablename = $1',
      ['knex_migrations'],
    );
    await client.end();
    assert.ok(rows[0].plugins > 5, `${rows[0].plugins} plugins have tables`);
  } finally {
    await stop();
    await fs.rm(folder, { recursive: true, force: true });
  }
});
