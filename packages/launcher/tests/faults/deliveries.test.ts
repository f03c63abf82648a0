import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { components, Deliveries } from './support/deliveries.ts';
import { ask } from './support/load.ts';
import { killPostgres } from './support/postgresProcesses.ts';
import { until } from './support/until.ts';
import { createWorld, type Replica, type World } from './support/world.ts';

/** Generous for a busy machine. */
const soon = { withinMs: 60_000 };

let world: World;
let portals: Replica[];

const urls = () => portals.map(({ url }) => url);

async function get<T>(route: string): Promise<T> {
  const { status, body } = await ask(`${urls()[0]}${route}`, world.headers);
  assert.equal(status, 200, body);
  return JSON.parse(body);
}

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

const numbers = (count: number) =>
  Array.from({ length: count }, (_, index) => index + 1);

/** What a number was made of: successful deployments of a component, today and yesterday. */
async function deploymentsOf(component: string): Promise<number> {
  const from = new Date(Date.now() - 86_400_000).toISOString();
  const { metrics } = await get<{
    metrics: { deploymentFrequency: { n: number } };
  }>(
    `/api/dora/metrics?entityRef=component:default/${component}&from=${from}&to=${new Date().toISOString()}`,
  );
  return metrics.deploymentFrequency.n;
}

before(async () => {
  world = await createWorld();
  portals = await Promise.all([
    world.startReplica('one'),
    world.startReplica('other'),
  ]);
  await until('the catalog knows the components', async () => {
    const rows = await query<{ known: number }>(
      `select count(*)::int as known from dora.entities where kind = 'component'
        and name in (${components.map(name => `'${name}'`).join()})`,
    );
    return rows[0].known === components.length;
  });
});

after(async () => {
  await world.stop();
});

/** The deployments that were sent, each with how often it is there. */
const stored = () =>
  query<{ id: number; times: number }>(
    `select substring(external_id from 'deployment:(.*)')::int as id, count(*)::int as times
      from dora.deployments group by external_id order by 1`,
  );

test('what was acknowledged is there, once, although a portal and PostgreSQL were killed under load', async () => {
  const deliveries = new Deliveries(world.deliverySecret, urls);
  const further = async (count: number) => {
    const wanted = deliveries.acknowledged.length + count;
    await until(
      `${wanted} deliveries are acknowledged`,
      () =>
        deliveries.acknowledged.length >= wanted ||
        `there are ${deliveries.acknowledged.length}`,
      soon,
    );
  };
  try {
    await further(100);
    const [killed, left] = portals;
    killed.process.kill('SIGKILL');
    await killed.ended;
    portals = [left];
    await further(100);
    portals = [left, await world.startReplica('next')];
    await further(100);
    await killPostgres(world.home);
    await world.startDatabase();
    await further(100);
  } finally {
    await deliveries.stop();
  }
  assert.deepEqual(deliveries.surprises, []);

  await until(
    'everything is in the numbers',
    async () => {
      const { status, body } = await ask(
        `${urls()[0]}/api/dora/status`,
        world.headers,
      );
      return (status === 200 && JSON.parse(body).upToDate) || body;
    },
    soon,
  );
  const sent = deliveries.acknowledged.length;
  assert.deepEqual(
    await stored(),
    numbers(sent).map(id => ({ id, times: 1 })),
  );
  const counted = await Promise.all(components.map(deploymentsOf));
  assert.deepEqual(
    counted,
    components.map(
      (_, index) =>
        numbers(sent).filter(id => id % components.length === index).length,
    ),
  );
});

test('two portals shared the work without counting a delivery twice', async () => {
  const [{ applied, deliveries, waiting }] = await query<{
    applied: number;
    deliveries: number;
    waiting: number;
  }>(
    `select (select applied::int from dora.delivery_counters where source = 'github') as applied,
      count(*)::int as deliveries,
      count(*) filter (where state = 'waiting')::int as waiting
      from dora.deliveries`,
  );
  assert.equal(waiting, 0);
  assert.equal(applied, deliveries);
});

/** A repository as the portal hosts it, with one commit. */
async function makeRepository(folder: string): Promise<string> {
  const repository = path.join(folder, 'ledger', 'payments-ledger.git');
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8' });
  await fs.mkdir(repository, { recursive: true });
  git('init', '--quiet', '--bare');
  const tree = git('hash-object', '-t', 'tree', '-w', '/dev/null').trim();
  const author = ['-c', 'user.name=Amara', '-c', 'user.email=amara@localhost'];
  const commit = git(...author, 'commit-tree', tree, '-m', 'Begin').trim();
  git('update-ref', 'refs/heads/main', commit);
  return commit;
}

test('a backup of a portal in use is whole again on a new server', async t => {
  // Imported only now: the world said where the launcher's folders are.
  const { backUp, restore, withClient } = await import(
    '../../src/backup/database.ts'
  );
  const { differences, readContents } = await import(
    '../../src/backup/contents.ts'
  );
  const { checkRepositories, packRepositories, unpackRepositories } =
    await import('../../src/backup/repositories.ts');
  const data = path.join(world.home, 'data');
  const dump = path.join(world.home, 'waymark.dump');
  const archive = path.join(world.home, 'repositories.tar.gz');
  const repositories = path.join(data, 'repositories');
  const commit = await makeRepository(repositories);
  const sent = await stored();

  const held = await backUp(world.database, dump);
  await packRepositories(repositories, archive);

  await Promise.all(portals.map(portal => portal.stop(30_000)));
  await world.database.stop();
  await fs.rm(path.join(data, 'postgres'), { recursive: true });
  await fs.rm(repositories, { recursive: true });

  const started = performance.now();
  await world.startDatabase();
  await restore(world.database, dump);
  await unpackRepositories(archive, data);
  assert.deepEqual(
    differences(held, await withClient(world.database, readContents)),
    [],
  );
  portals = [await world.startReplica('restored')];
  const seconds = (performance.now() - started) / 1000;
  t.diagnostic(`restored and ready after ${seconds.toFixed(1)} s`);

  assert.deepEqual(await stored(), sent);
  assert.equal(await checkRepositories(repositories), 1);
  const repository = path.join(repositories, 'ledger', 'payments-ledger.git');
  assert.equal(
    execFileSync('git', ['-C', repository, 'rev-parse', 'main'], {
      encoding: 'utf8',
    }).trim(),
    commit,
  );
  await get(`/api/catalog/entities/by-name/component/default/${components[0]}`);
});
