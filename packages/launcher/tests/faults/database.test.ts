import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, Load, type Answer } from './support/load.ts';
import { killPostgres, signalPostgres } from './support/postgresProcesses.ts';
import { until } from './support/until.ts';
import { createWorld, type Replica, type World } from './support/world.ts';

/** The reference: readiness is off this soon after the database is gone. */
const noticed = { withinMs: 10_000 };
/** Generous for a busy machine; an idle one needs less than a second. */
const recovered = { withinMs: 15_000 };
/** Generous for a busy machine. */
const soon = { withinMs: 30_000 };

/** One route of every kind of plugin: each reads its tables. */
const routes = [
  '/api/catalog/entities?limit=5',
  '/api/catalog/entities/by-query?limit=5',
  '/api/scaffolder/v2/tasks',
  '/api/search/query?term=a',
];

let world: World;
let portal: Replica;

const health = (kind: 'readiness' | 'liveness') =>
  ask(`${portal.url}/.backstage/health/v1/${kind}`);

const readinessIs = (status: number) => async () =>
  (await health('readiness')).status === status;

const urls = () => routes.map(route => `${portal.url}${route}`);

async function ingested(): Promise<boolean> {
  const { body } = await ask(urls()[0], world.headers);
  return JSON.parse(body).length > 0;
}

/** No answer names the server, and one that says 200 holds what it promises. */
function assertTruthful(answers: Answer[]): void {
  for (const { status, body } of answers) {
    assert.ok([200, 503].includes(status), `status ${status}: ${body}`);
    assert.doesNotThrow(() => JSON.parse(body), `status ${status}: "${body}"`);
    if (status === 200) continue;
    assert.doesNotMatch(body, /127\.0\.0\.1|localhost|select /);
    assert.ok(!body.includes(String(world.database.port)), body);
  }
}

async function assertRefusedAtOnce(): Promise<void> {
  const answers = await Promise.all(
    urls().map(url => ask(url, world.headers, 5_000)),
  );
  assertTruthful(answers);
  for (const { status, retryAfter, body } of answers) {
    assert.equal(status, 503);
    assert.equal(retryAfter, '2');
    assert.equal(JSON.parse(body).error.name, 'ServiceUnavailableError');
  }
  assert.equal((await health('liveness')).status, 200);
  const readiness = await health('readiness');
  assert.deepEqual(JSON.parse(readiness.body), {
    status: 'error',
    message: 'The database does not answer',
  });
}

async function assertWell(): Promise<void> {
  for (const url of urls()) {
    const { status, body } = await ask(url, world.headers);
    assert.equal(status, 200, body);
  }
  assert.equal(portal.process.exitCode, null);
}

before(async () => {
  world = await createWorld();
  portal = await world.startReplica('portal');
  await until('the catalog has read its locations', ingested);
});

after(async () => {
  await world.stop();
});

test('PostgreSQL stops and comes back under load', async () => {
  const load = new Load(urls(), world.headers);
  try {
    await until('the load runs', () => load.count(200) > 40);
    await world.database.stop();
    await until('readiness is off', readinessIs(503), noticed);
    await assertRefusedAtOnce();

    await world.startDatabase();
    await until('readiness is on', readinessIs(200), recovered);
    const well = load.count(200);
    await until('the load goes on', () => load.count(200) > well + 40, soon);
  } finally {
    await load.stop();
  }
  assertTruthful(load.answers);
  await assertWell();
});

test('PostgreSQL hangs and goes on', async () => {
  await signalPostgres(world.home, 'SIGSTOP');
  try {
    // Sent before anybody can have noticed: they wait for the server itself.
    const caught = Promise.all(urls().map(url => ask(url, world.headers)));
    await until('readiness is off', readinessIs(503), noticed);
    await assertRefusedAtOnce();
    const answers = await caught;
    assertTruthful(answers);
    assert.deepEqual(
      answers.map(answer => answer.status),
      routes.map(() => 503),
    );
  } finally {
    await signalPostgres(world.home, 'SIGCONT');
  }
  await until('readiness is on', readinessIs(200), recovered);
  await assertWell();
});

test('PostgreSQL and portal are killed, and both start again', async () => {
  await killPostgres(world.home);
  portal.process.kill('SIGKILL');
  await portal.ended;

  await world.startDatabase();
  portal = await world.startReplica('portal');

  assert.ok(await ingested());
  await assertWell();
});
