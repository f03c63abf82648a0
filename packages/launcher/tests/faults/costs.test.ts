import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { ask } from './support/load.ts';
import { until } from './support/until.ts';
import { createWorld, type Replica, type World } from './support/world.ts';

/** Generous for a busy machine; a lease of another backend ends after half a minute. */
const takenOverMs = 120_000;

const months = [1, 2, 3, 4, 5, 6];
const year = { from: '2026-01-01', to: '2027-01-01' };

let world: World;
let portals: Replica[];

before(async () => {
  world = await createWorld();
  portals = await Promise.all([
    world.startReplica('one'),
    world.startReplica('other'),
  ]);
});

after(async () => {
  await world?.stop();
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

/** A bill of half a year, with so many things in each month that each cost an amount. */
function bill(things: number, amount: string): string {
  const header =
    'BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ServiceName,ResourceId';
  const rows = months.flatMap(month =>
    Array.from(
      { length: things },
      (_, thing) =>
        `${amount},1,1,1,USD,2026-0${month}-01,2026-0${
          month + 1
        }-01,2026-0${month}-02,2026-0${month}-03,Usage,Compute,thing-${thing}`,
    ),
  );
  return `${[header, ...rows].join('\n')}\n`;
}

async function get<T>(portal: Replica, route: string): Promise<T> {
  const { status, body } = await ask(
    `${portal.url}/api/costs${route}`,
    world.headers,
  );
  assert.equal(status, 200, body);
  return JSON.parse(body);
}

async function handIn(portal: Replica, file: string): Promise<string> {
  const response = await fetch(
    `${portal.url}/api/costs/imports?source=aws&filename=bill.csv`,
    {
      method: 'POST',
      headers: {
        ...world.headers,
        'content-type': 'application/octet-stream',
      },
      body: file,
    },
  );
  assert.equal(response.status, 202);
  return ((await response.json()) as { id: string }).id;
}

const stateOf = async (portal: Replica, route: string) =>
  (await get<{ state: string }>(portal, route)).state;

/** What a portal answers, by who bears it. */
async function spent(portal: Replica): Promise<string> {
  const { items } = await get<{ items: { key: string; amount: string }[] }>(
    portal,
    `/totals?${new URLSearchParams({ ...year, groupBy: 'entity' })}`,
  );
  return items.map(({ key, amount }) => `${key} ${amount}`).join(', ');
}

/** Kills a portal as soon as something holds, and looks at another until it took over. */
async function killWhen(
  killed: Replica,
  left: Replica,
  what: string,
  holds: () => Promise<boolean>,
  isDone: () => Promise<boolean>,
): Promise<string[]> {
  const seen: string[] = [];
  const look = async () => {
    const now = await spent(left);
    if (seen.at(-1) !== now) seen.push(now);
  };
  await look();
  await until(what, 60_000, holds, 5);
  killed.process.kill('SIGKILL');
  await killed.ended;
  await look();
  await until(
    'another backend takes over',
    takenOverMs,
    async () => {
      await look();
      return isDone();
    },
    200,
  );
  await look();
  return seen;
}

test('a backend that is killed while it stores a bill leaves the old numbers, and another brings the new ones', async () => {
  const [one, other] = portals;
  const first = await handIn(one, bill(10, '5.0000000001'));
  await until(
    'a bill is read',
    60_000,
    async () => (await stateOf(one, `/imports/${first}`)) === 'done',
  );
  const id = await handIn(one, bill(20_000, '0.0000000001'));
  const state = async () =>
    (
      await query<{ state: string }>(
        `select state from costs.imports where id = '${id}'`,
      )
    )[0].state;
  const [seen, next] = await Promise.all([
    killWhen(
      one,
      other,
      'a bill is stored',
      async () => (await state()) === 'storing',
      async () => (await stateOf(other, `/imports/${id}`)) === 'done',
    ),
    // Started while the lease of the killed one ends.
    until('one is killed', takenOverMs, () => one.process.signalCode !== null)
      .then(() => delay(500))
      .then(() => world.startReplica('next')),
  ]);
  portals = [other, next];
  assert.deepEqual(seen, ['null 300.000000006', 'null 0.000012']);
  assert.deepEqual(
    await query(`select fence from costs.imports where id = '${id}'`),
    [{ fence: 2 }],
  );
});

test('a backend that is killed while it allocates by other rules leaves the old numbers, and another brings the new ones', async () => {
  const [left, killed] = portals;
  const response = await fetch(`${killed.url}/api/costs/rules`, {
    method: 'PUT',
    headers: { ...world.headers, 'content-type': 'application/json' },
    body: JSON.stringify({
      ...year,
      rules: [
        {
          id: 'all',
          title: 'All is theirs',
          by: 'entity',
          entityRef: 'group:default/b',
        },
      ],
    }),
  });
  assert.equal(response.status, 202);
  const { id } = (await response.json()) as { id: string };
  const prepared = async () =>
    (
      await query<{ bills: number }>(
        'select count(*)::int as bills from costs.next_bills',
      )
    )[0].bills;
  const seen = await killWhen(
    killed,
    left,
    'a bill is allocated',
    async () => (await prepared()) > 0,
    async () => (await stateOf(left, `/reallocations/${id}`)) === 'done',
  );
  portals = [left];
  assert.deepEqual(seen, ['null 0.000012', 'group:default/b 0.000012']);
  assert.deepEqual(
    await query(
      `select attempts, (change ->> 'bills')::int as bills from costs.reallocations`,
    ),
    [{ attempts: 2, bills: months.length }],
  );
  assert.deepEqual(await prepared(), 0);
});
