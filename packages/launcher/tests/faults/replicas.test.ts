import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { startBalancer } from './support/balancer.ts';
import { ask, Load } from './support/load.ts';
import { until } from './support/until.ts';
import { createWorld, type Replica, type World } from './support/world.ts';

let world: World;
let one: Replica;
let other: Replica;

before(async () => {
  world = await createWorld(undefined, { isFirstStart: true });
});

after(async () => {
  await world.stop();
});

async function query<Row extends pg.QueryResultRow>(
  text: string,
): Promise<Row[]> {
  const { stop: _, ...connection } = world.database;
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Tables of the migrations (or of their locks) of all plugins, ready to stand in SQL. */
async function migrationTables(ending: string): Promise<string[]> {
  const rows = await query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where tablename like '%knex\\_migrations${ending}'`,
  );
  return rows.map(row => row.name);
}

test('two portals that start together on an empty database are both ready', async () => {
  assert.deepEqual(await migrationTables(''), []);
  [one, other] = await Promise.all([
    world.startReplica('one'),
    world.startReplica('other'),
  ]);
  for (const replica of [one, other]) {
    const { status } = await ask(
      `${replica.url}/api/catalog/entities?limit=1`,
      world.headers,
    );
    assert.equal(status, 200);
  }
});

test('every migration ran once', async () => {
  const tables = await migrationTables('');
  assert.ok(tables.some(table => table.startsWith('catalog.')));
  assert.ok(tables.some(table => table.startsWith('scaffolder.')));
  for (const table of tables) {
    const rows = await query<{ name: string; times: string }>(
      `select name, count(*) as times from ${table} group by name`,
    );
    assert.ok(rows.length > 0, `${table} is empty`);
    assert.deepEqual(
      rows.filter(row => row.times !== '1'),
      [],
      `${table} holds a migration twice`,
    );
  }
});

/** Opens a portal's live channel; the first request wakes it up and gets no answer. */
async function listen(portal: Replica, heard: string[]): Promise<WebSocket> {
  const socket = new WebSocket(
    `${portal.url.replace('http', 'ws')}/api/signals`,
  );
  const opened = await new Promise<boolean>(resolve => {
    const givenUp = AbortSignal.timeout(3_000);
    socket.addEventListener('open', () => resolve(true));
    socket.addEventListener('error', () => resolve(false));
    givenUp.addEventListener('abort', () => resolve(false));
  });
  if (!opened) {
    socket.close();
    return listen(portal, heard);
  }
  socket.addEventListener('message', ({ data }) => heard.push(String(data)));
  socket.send(
    JSON.stringify({ action: 'subscribe', channel: 'notifications' }),
  );
  return socket;
}

test('who is at one portal hears live what is sent at the other', async () => {
  const heard: string[] = [];
  const socket = await listen(other, heard);
  try {
    await until(
      'the news arrives',
      async () => {
        const { status } = await fetch(`${one.url}/api/notifications`, {
          method: 'POST',
          headers: { ...world.headers, 'content-type': 'application/json' },
          body: JSON.stringify({
            recipients: { type: 'broadcast' },
            payload: { title: 'The portal moves tonight' },
          }),
        });
        assert.equal(status, 200);
        return heard.some(message => message.includes('new_notification'));
      },
      { withinMs: 60_000, everyMs: 1_000 },
    );
  } finally {
    socket.close();
  }
});

test('a portal that is asked to stop, twice, fails no request behind a balancer', async () => {
  const balancer = await startBalancer([one.url, other.url]);
  const load = new Load(
    [`${balancer.url}/api/catalog/entities?limit=20`],
    world.headers,
    8,
  );
  try {
    await until('the load runs', () => load.count(200) > 50);

    other.process.kill('SIGTERM');
    await until(
      'the balancer leaves the stopping portal out',
      () => !balancer.ready().includes(other.url),
      // So long a lost replica may be noticed.
      { withinMs: 10_000 },
    );
    other.process.kill('SIGTERM');
    await until('the portal ends', () => other.process.exitCode !== null, {
      withinMs: 25_000,
    });
    assert.equal(other.process.exitCode, 0);

    const soFar = load.answers.length;
    await until(
      'the other portal goes on answering',
      () => load.answers.length > soFar + 50,
      { withinMs: 30_000 },
    );
  } finally {
    await load.stop();
    await balancer.stop();
  }
  assert.deepEqual(
    load.answers.filter(answer => answer.status !== 200),
    [],
  );
});

test('a portal starts although a killed one left its migrations locked', async () => {
  one.process.kill('SIGKILL');
  await one.ended;
  const locks = await migrationTables('\\_lock');
  assert.ok(locks.length > 0);
  for (const lock of locks) await query(`update ${lock} set is_locked = 1`);

  await world.startReplica('next');

  const catalog = await query<{ is_locked: number }>(
    'select is_locked from catalog.knex_migrations_lock',
  );
  assert.deepEqual(catalog, [{ is_locked: 0 }]);
});
