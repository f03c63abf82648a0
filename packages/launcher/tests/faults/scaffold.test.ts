import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { EmbeddedPostgres } from '../../src/postgres/server.ts';
import { TestLauncher } from '../support/launcher.ts';
import { withoutSearchEnvironment } from '../support/quiet.ts';
import type { Running } from '../support/Running.ts';
import { Maker } from './support/golden.ts';
import { mayStandStill, type HeldRows } from './support/heldRows.ts';
import { connectTo, holdTasks, type Moment } from './support/heldTasks.ts';
import { killPostgres } from './support/postgresProcesses.ts';
import { until } from './support/until.ts';

/** The reference: by then a task whose process was killed has ended, one way or the other. */
const endedMs = 120_000;

const settings = { ...mayStandStill, ...withoutSearchEnvironment };

let launcher: TestLauncher;
let portal: Running;
let maker: Maker;

async function start(): Promise<void> {
  portal = launcher.run('start', [], settings);
  await portal.says(/Open http/);
  maker = await Maker.signIn(launcher);
}

async function backendPid(): Promise<number> {
  const file = path.join(launcher.home, 'run', 'portal.json');
  return JSON.parse(await fs.readFile(file, 'utf8')).pid;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Starts a task for each moment, and lets `kill` happen when each is there. */
async function interrupt(
  prefix: string,
  at: [Moment, Moment],
  kill: (held: HeldRows) => Promise<void>,
): Promise<{ name: string; id: string }[]> {
  const held = await holdTasks(launcher.home, prefix);
  const tasks: { name: string; id: string }[] = [];
  for (const moment of at) {
    const name = `${prefix}-${moment}`;
    tasks.push({ name, id: await maker.start(name) });
  }
  await held.hold(tasks.length);
  await kill(held);
  return tasks;
}

/** Every task has ended, and left a whole service or none. */
async function assertEnded(
  tasks: { name: string; id: string }[],
): Promise<string[]> {
  const deadline = Date.now() + endedMs;
  const statuses: string[] = [];
  for (const { name, id } of tasks) {
    const { status, reason } = await maker.outcome(id, deadline - Date.now());
    if (status === 'completed') {
      await maker.assertWhole(name);
    } else {
      assert.ok(reason, `${name} does not say why it failed`);
      await maker.assertGone(name);
    }
    statuses.push(status);
  }
  assert.deepEqual(await maker.halfMade(), []);
  return statuses;
}

const bothCompleted = ['completed', 'completed'];

before(async () => {
  launcher = await TestLauncher.withoutDemo();
  await start();
  const id = await maker.start('made-before');
  assert.deepEqual(await maker.outcome(id, endedMs), {
    status: 'completed',
    reason: undefined,
  });
});

after(async () => {
  await launcher.dispose();
});

test('the backend is killed during a scaffold: the next start finishes each task, once', async () => {
  const tasks = await interrupt(
    'backend',
    ['published', 'registered'],
    async held => {
      process.kill(await backendPid(), 'SIGKILL');
      // The launcher says so, and stops the database as well.
      assert.equal(await portal.ended, 1);
      assert.match(portal.said, /The portal ended by itself/);
      await start();
      await held.end();
    },
  );
  assert.deepEqual(await assertEnded(tasks), bothCompleted);
  await maker.assertWhole('made-before');
});

test('the launcher is killed during a scaffold: the next start finishes each task, once', async () => {
  const tasks = await interrupt(
    'launcher',
    ['files-written', 'finished'],
    async held => {
      const backend = await backendPid();
      portal.process.kill('SIGKILL');
      await portal.ended;
      await until('the backend follows', () => !isAlive(backend), {
        withinMs: 15_000,
      });
      await held.end();
      await start();
    },
  );
  assert.deepEqual(await assertEnded(tasks), bothCompleted);
  await maker.assertWhole('made-before');
});

test('PostgreSQL is killed during a scaffold: each task ends, and leaves a whole service or none', async () => {
  const client = await connectTo(launcher.home);
  const { port, password } = client;
  await client.end();
  const tasks = await interrupt(
    'postgres',
    ['published', 'registered'],
    async held => {
      await killPostgres(launcher.home);
      await new EmbeddedPostgres({
        password: String(password),
        folder: path.join(launcher.home, 'data', 'postgres'),
      }).start({ port });
      await held.end();
    },
  );
  await assertEnded(tasks);
  await maker.assertWhole('made-before');

  portal.process.kill('SIGINT');
  assert.equal(await portal.ended, 0);
  await start();
  await maker.assertWhole('made-before');
});
