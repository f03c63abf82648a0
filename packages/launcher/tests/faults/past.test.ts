import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { FakeGithub } from './support/FakeGithub.ts';
import { until } from './support/until.ts';
import { createWorld, type Replica, type World } from './support/world.ts';

/** Generous for a busy machine. */
const soon = { withinMs: 60_000 };

const github = new FakeGithub({
  'checkout/checkout-service': { deployments: 230, pullRequests: 120 },
  'storefront/customer-accounts': { deployments: 3, pullRequests: 2 },
});
let world: World;
let portal: Replica;

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

/** GitHub's API is the fake, and Backstage's own ingress takes its webhooks too. */
const connected = () => ({
  APP_CONFIG_integrations_github: JSON.stringify([
    { host: 'github.com', apiBaseUrl: github.url, token: 'none' },
  ]),
  APP_CONFIG_events_modules_github_webhookSecret: world.deliverySecret,
  APP_CONFIG_dora_events: JSON.stringify([{ source: 'github' }]),
});

async function ask<T>(route: string, body?: object): Promise<T> {
  const response = await fetch(`${portal.url}/api/dora${route}`, {
    method: body ? 'POST' : 'GET',
    headers: { ...world.headers, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  assert.ok(response.ok, `${response.status} ${text}`);
  return JSON.parse(text);
}

type Backfill = {
  id: string;
  state: string;
  waitsUntil?: string;
  projects: { done: number; facts: number };
};

/** What there is of each component, and how many of them are there twice. */
const counts = () =>
  query<{ service: string; what: string; facts: number; ids: number }>(
    `select s.entity_ref as service, f.what, count(*)::int as facts,
        count(distinct f.external_id)::int as ids
      from (
        select 'deployments' as what, service_id, external_id from dora.deployments
        union all select 'changes', service_id, external_id from dora.changes
      ) f join dora.services s on s.id = f.service_id
      group by 1, 2 order by 1, 2`,
  );

before(async () => {
  await github.start();
  world = await createWorld();
  portal = await world.startReplica('one', connected());
  await until('the catalog knows the components', async () => {
    const rows = await query(
      `select 1 from dora.entity_keys where value in
        ('checkout/checkout-service', 'storefront/customer-accounts')`,
    );
    return rows.length === 2;
  });
});

after(async () => {
  await world.stop();
  github.stop();
});

test('the past is brought once and whole, although GitHub was away, wanted patience, and the portal was killed', async () => {
  const answered = new Set<string>();
  let kill = () => {};
  const killed = new Promise<void>(resolve => {
    kill = resolve;
  });
  const once = (url: string) => {
    if (answered.has(url)) return false;
    answered.add(url);
    return true;
  };
  github.onRequest = async url => {
    if (/\/deployments\?.*page=2/.test(url) && once(url)) {
      return { status: 502, body: 'bad gateway' };
    }
    if (/\/pulls\?.*page=1$/.test(url) && once(url)) {
      const reset = String(Math.ceil(Date.now() / 1000) + 3);
      return {
        status: 403,
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset },
        body: { message: 'API rate limit exceeded' },
      };
    }
    // In the middle of the second page of changes the portal is killed.
    if (/\/pulls\/110\/commits/.test(url) && once(url)) {
      kill();
      return new Promise(() => {});
    }
    return undefined;
  };

  const { id } = await ask<Backfill>('/backfills', {
    source: 'github',
    entityRef: 'component:default/checkout-service',
    since: '2026-01-01',
  });
  await until(
    'it says until when it waits',
    async () => Boolean((await ask<Backfill>(`/backfills/${id}`)).waitsUntil),
    soon,
  );
  await killed;
  portal.process.kill('SIGKILL');
  await portal.ended;
  portal = await world.startReplica('next', connected());
  // A minute later nobody believes the one that was killed to be alive.
  await query(
    `update dora.backfills set leased_until = now() - interval '1 second'
      where leased_until > now() and state = 'running' returning id`,
  );
  await until(
    'it has ended',
    async () => {
      const { state } = await ask<Backfill>(`/backfills/${id}`);
      return !['running', 'waiting'].includes(state) || `it is ${state}`;
    },
    soon,
  );
  const ended = await ask<Backfill>(`/backfills/${id}`);
  assert.equal(ended.state, 'done');
  assert.deepEqual(await counts(), [
    {
      service: 'component:default/checkout-service',
      what: 'changes',
      facts: 120,
      ids: 120,
    },
    {
      service: 'component:default/checkout-service',
      what: 'deployments',
      facts: 230,
      ids: 230,
    },
  ]);
  // What was stored before the kill was not asked for again.
  const first = github.asked.filter(url =>
    /\/deployments\?.*page=1$/.test(url),
  );
  assert.equal(first.length, 1);
  assert.equal(ended.projects.facts, 230 * 2 + 120);
});

test('a delivery is one whether it comes by our door or by Backstage’s ingress', async () => {
  const body = JSON.stringify({
    action: 'created',
    deployment: {
      id: 900,
      environment: 'production',
      created_at: '2026-03-02T09:00:00Z',
    },
    deployment_status: { state: 'success', created_at: '2026-03-02T09:05:00Z' },
    repository: {
      full_name: 'storefront/customer-accounts',
      default_branch: 'main',
    },
  });
  const deliver = (door: string, secret = world.deliverySecret) =>
    fetch(`${portal.url}${door}`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'deployment_status',
        'x-github-delivery': 'delivery-900',
        'x-hub-signature-256': `sha256=${createHmac('sha256', secret)
          .update(body)
          .digest('hex')}`,
      },
    });
  const ingress = '/api/events/http/github';
  const stored = () =>
    query<{ state: string }>(
      `select state from dora.deliveries where delivery_id = 'delivery-900'`,
    );

  assert.equal((await deliver(ingress, 'another secret')).status, 403);
  assert.deepEqual(await stored(), []);

  assert.equal((await deliver(ingress)).status, 202);
  // It was stored before the answer.
  assert.equal((await stored()).length, 1);
  const again = await deliver('/api/dora/webhooks/github');
  assert.equal(again.status, 202);
  assert.equal(
    ((await again.json()) as { duplicate: boolean }).duplicate,
    true,
  );

  await until(
    'it is applied',
    async () => {
      const [{ state }] = await stored();
      return state === 'applied' || `it is ${state}`;
    },
    { withinMs: 30_000 },
  );
  const applied = await query<{ status: string }>(
    `select d.status from dora.deployments d join dora.services s on s.id = d.service_id
      where s.entity_ref = 'component:default/customer-accounts' and d.external_id = 'deployment:900'`,
  );
  assert.deepEqual(applied, [{ status: 'success' }]);
});
