import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { HeldRows, mayStandStill, type Held } from './support/heldRows.ts';
import { ask } from './support/load.ts';
import { until, type Look } from './support/until.ts';
import { createWorld, type Replica, type World } from './support/world.ts';

/** Generous for a busy machine; a lease of another backend ends after half a minute. */
const takenOver = { withinMs: 120_000, everyMs: 200 };

const months = [1, 2, 3, 4, 5, 6];
const year = { from: '2026-01-01', to: '2027-01-01' };

/** Bears everything in the end. */
const bearer = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'b' },
  spec: { type: 'team', children: [] },
};

let world: World;
/** By their names, which their connections bear as well. */
let portals: Record<string, Replica>;

before(async () => {
  world = await createWorld(async home => {
    const target = path.join(home, 'bearer.yaml');
    await fs.writeFile(target, JSON.stringify(bearer));
    const rules = [{ allow: ['Group'] }];
    return { catalog: { locations: [{ type: 'file', target, rules }] } };
  });
  const [one, other] = await Promise.all([
    world.startReplica('one', mayStandStill),
    world.startReplica('other', mayStandStill),
  ]);
  portals = { one, other };
  // Bills are not allocated anew for its sake while tests look.
  await until('the costs know who bears them', async () => {
    const found = await query('select ref from costs.entities');
    return found.length > 0;
  });
});

after(async () => {
  await world?.stop();
});

async function connect(): Promise<pg.Client> {
  const { stop: _, ...connection } = world.database;
  const client = new pg.Client(connection);
  await client.connect();
  return client;
}

async function query<Row extends pg.QueryResultRow>(
  text: string,
): Promise<Row[]> {
  const client = await connect();
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

async function isDone(portal: Replica, route: string): Promise<Look> {
  const { state } = await get<{ state: string }>(portal, route);
  return state === 'done' || `it is ${state}`;
}

/** What a portal answers, by who bears it. */
async function spent(portal: Replica): Promise<string> {
  const { items } = await get<{ items: { key: string; amount: string }[] }>(
    portal,
    `/totals?${new URLSearchParams({ ...year, groupBy: 'entity' })}`,
  );
  return items.map(({ key, amount }) => `${key} ${amount}`).join(', ');
}

/**
 * Kills the portal that writes a row, while it writes it, and looks at the
 * other one until that took over. Another takes the place of the killed one.
 *
 * @param what - the row, and the work that it belongs to
 * @returns what the portal that is left answered, one after the other
 */
async function killWriting(
  what: Held,
  work: () => Promise<string>,
): Promise<string[]> {
  const held = await HeldRows.of(what, connect);
  const route = await work();
  const [name] = await held.hold(1);
  const killed = portals[name];
  delete portals[name];
  const [left] = Object.values(portals);
  const seen = [await spent(left)];
  const look = async () => {
    const now = await spent(left);
    if (seen.at(-1) !== now) seen.push(now);
  };
  killed.process.kill('SIGKILL');
  await killed.ended;
  await held.end();
  const next = `after-${name}`;
  [portals[next]] = await Promise.all([
    // Started while the lease of the killed one ends.
    world.startReplica(next, mayStandStill),
    until(
      'another backend takes over',
      async () => {
        await look();
        return isDone(left, route);
      },
      takenOver,
    ),
  ]);
  await look();
  return seen;
}

test('a backend that is killed while it stores a bill leaves the old numbers, and another brings the new ones', async () => {
  const [one] = Object.values(portals);
  const first = await handIn(one, bill(10, '5.0000000001'));
  await until('a bill is read', () => isDone(one, `/imports/${first}`), {
    withinMs: 60_000,
  });
  let id = '';
  const seen = await killWriting(
    // Items and charges of the bill are there by then, and nobody sees them.
    {
      table: 'costs.bill_totals',
      on: 'insert',
      when: 'true',
      shows: `select concat_ws(' ', 'import', id, 'is', state) as line from costs.imports`,
    },
    async () => {
      id = await handIn(one, bill(2_000, '0.000000001'));
      return `/imports/${id}`;
    },
  );
  assert.deepEqual(seen, ['null 300.000000006', 'null 0.000012']);
  assert.deepEqual(
    await query(`select fence from costs.imports where id = '${id}'`),
    [{ fence: 2 }],
  );
});

test('a backend that is killed while it allocates by other rules leaves the old numbers, and another brings the new ones', async () => {
  const [one] = Object.values(portals);
  const prepared = async () =>
    (
      await query<{ bills: number }>(
        'select count(*)::int as bills from costs.next_bills',
      )
    )[0].bills;
  const [third] = await query<{ id: string }>(
    `select id from costs.bills where current and period_start = '2026-04-01'`,
  );
  const seen = await killWriting(
    // Two of six bills are allocated by then: they are taken newest first.
    {
      table: 'costs.next_bills',
      on: 'insert',
      when: `new.bill_id = ${third.id}`,
      shows: `select concat_ws(' ', 'reallocation', id, 'is', state) as line from costs.reallocations`,
    },
    async () => {
      const response = await fetch(`${one.url}/api/costs/rules`, {
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
      return `/reallocations/${id}`;
    },
  );
  assert.deepEqual(seen, ['null 0.000012', 'group:default/b 0.000012']);
  assert.deepEqual(
    await query(
      `select attempts, (change ->> 'bills')::int as bills from costs.reallocations`,
    ),
    [{ attempts: 2, bills: months.length }],
  );
  assert.deepEqual(await prepared(), 0);
});

test('a backend that is killed while it takes a bill back leaves the old numbers, and another takes all of it back', async () => {
  const [{ id }] = await query<{ id: string }>(
    `select import_id as id from costs.bills where current limit 1`,
  );
  const takeBack = (portal: Replica) =>
    fetch(`${portal.url}/api/costs/imports/${id}/withdraw`, {
      method: 'POST',
      headers: { ...world.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'It is of another company' }),
    });
  const seen = await killWriting(
    // Its bills do not count by then, and nobody sees that.
    {
      table: 'costs.imports',
      on: 'update',
      when: `new.state = 'withdrawn'`,
      shows: `select concat_ws(' ', 'import', id, 'is', state) as line from costs.imports`,
    },
    async () => {
      const [one] = Object.values(portals);
      // Its answer dies with it.
      takeBack(one).catch(() => undefined);
      return `/imports/${id}`;
    },
  );
  assert.deepEqual(seen, ['group:default/b 0.000012']);
  const [left] = Object.values(portals);
  assert.equal((await takeBack(left)).status, 200);
  assert.equal(await spent(left), '');
});
