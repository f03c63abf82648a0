import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { Customers, type Story } from './support/customers.ts';
import { killAtRandom } from './support/kills.ts';
import { Shop, terraform } from './support/shop.ts';
import { NoteStory, type Request } from './support/terraformStory.ts';
import { until } from './support/until.ts';

/** How often something is killed; docs/explanation/infrastructure.md says what came of fifty. */
const kills = Number(process.env.WAYMARK_KILLS || 3);
/** Decides what is killed when. */
const seed = process.env.WAYMARK_SEED || 'larkspur';

const offerings = terraform
  ? ['postgres-database', 'ledger-entry']
  : ['postgres-database'];

const noTerraform = terraform
  ? false
  : 'neither Terraform nor OpenTofu is on this machine';

/** Generous for a busy machine. */
const soon = { withinMs: 60_000 };

let shop: Shop;
let customers: Customers;
let stories: Story[];

async function query<Row extends pg.QueryResultRow>(
  text: string,
): Promise<Row[]> {
  const { stop: _, ...connection } = shop.world.database;
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

const sorted = (values: string[]) => [...values].sort();
const made = () => stories.filter(({ kind }) => kind === 'create');
/** What was made and not removed again. */
const living = (offering: string) => {
  const removed = new Set(
    stories
      .filter(({ kind }) => kind === 'destroy')
      .map(({ resourceId }) => resourceId),
  );
  return made().filter(
    story => story.offering === offering && !removed.has(story.resourceId),
  );
};

before(async () => {
  shop = await Shop.open();
});

after(async () => {
  await shop?.world.stop();
});

test(
  'with Terraform: plan, policy, approval, apply, drift, repair and end',
  { skip: noTerraform },
  async t => {
    if (!shop.hasFiles) {
      t.skip('the provider of files cannot be had: it takes Go and its proxy');
      return;
    }
    const story = new NoteStory(shop);
    const actions = ({ plan }: Request) =>
      plan?.changes.map(({ action, address }) => `${action} ${address}`);

    // No rule knows files, so that a plan with one is for the platform team, not for the lead.
    story.dictate('first');
    const asked = await story.create('hello');
    const planned = await story.reaches('pendingApproval', asked);
    assert.deepEqual(actions(planned), ['create local_file.note']);
    assert.deepEqual(
      planned.decision?.rules.map(({ rule, effect }) => `${rule}: ${effect}`),
      ['reviewed-resources: approval'],
    );
    assert.deepEqual(
      planned.decision?.approvers.map(({ kind }) => kind),
      ['platformTeam'],
    );
    assert.equal(await story.approve('amara', planned), 403);
    assert.equal(await story.approve('jonas', planned), 403);
    assert.equal(story.note('hello'), undefined);

    // What the plan reads changes before it is applied: it is another plan, and asked for anew.
    story.dictate('second');
    assert.equal(await story.approve('priya', planned), 200);
    let changed = planned;
    await until(
      'another plan is asked for',
      async () => {
        changed = await story.reaches('pendingApproval', asked);
        return changed.plan?.hash !== planned.plan?.hash;
      },
      soon,
    );
    assert.deepEqual(
      changed.approvals.map(({ counts }) => counts),
      [false],
    );
    assert.equal(await story.approve('priya', planned), 409);
    assert.equal(story.note('hello'), undefined);

    // The same plan, made again right before it is applied, is not asked for again.
    assert.equal(await story.approve('priya', changed), 200);
    const done = await story.reaches('done', asked);
    assert.equal(done.plan?.hash, changed.plan?.hash);
    assert.equal(story.note('hello'), 'second');

    const { resourceId } = asked;
    assert.equal((await story.resource(resourceId)).state, 'ready');
    story.scribble('hello', 'changed by hand');
    await query('update infrastructure.resources set observed_at = null');
    await story.look();
    await until(
      'the drift is seen',
      async () => (await story.resource(resourceId)).state === 'drifted',
      soon,
    );
    assert.deepEqual(
      (await story.resource(resourceId)).drift?.map(({ address }) => address),
      ['local_file.note'],
    );

    const repair = await story.reaches(
      'pendingApproval',
      await story.request({ kind: 'update', resourceId, parameters: {} }),
    );
    assert.equal(await story.approve('priya', repair), 200);
    await story.reaches('done', repair);
    assert.equal(story.note('hello'), 'second');
    assert.equal((await story.resource(resourceId)).state, 'ready');

    // Nothing of it keeps data, and it is not in production: nobody has to approve its end.
    const ended = await story.reaches(
      'done',
      await story.request({ kind: 'destroy', resourceId }),
    );
    assert.deepEqual(actions(ended), ['delete local_file.note']);
    assert.equal(story.note('hello'), undefined);
    assert.equal((await story.resource(resourceId)).state, 'destroyed');
  },
);

test(`everything that was asked for came about, although backends, runners and PostgreSQL were killed (${kills} kills)`, async t => {
  customers = new Customers(shop, { count: 4, offerings });
  try {
    await killAtRandom(shop, {
      count: kills,
      seed,
      tell: line => t.diagnostic(line),
    });
  } finally {
    await customers.close();
  }
  stories = customers.stories;
  assert.deepEqual(customers.surprises, []);
  const retried = stories.reduce((sum, { retries }) => sum + retries, 0);
  t.diagnostic(
    `${stories.length} requests; ${retried} times a person tried again what said that it failed or was interrupted`,
  );
  for (const offering of offerings) {
    assert.ok(made().some(story => story.offering === offering));
  }
});

test('no request was lost, and none came twice', async () => {
  const requests = await query<{ id: string; state: string }>(
    `select id, state from infrastructure.requests where offering <> 'note'`,
  );
  assert.deepEqual(
    sorted(requests.map(({ id, state }) => `${id} ${state}`)),
    sorted(stories.map(({ id }) => `${id} done`)),
  );
  const done = await query<{ id: string; times: number }>(
    `select request_id as id, count(*)::int as times from infrastructure.audit
      where action = 'request.done' group by request_id having count(*) > 1`,
  );
  assert.deepEqual(done, []);
});

test('nothing is left that waits or runs, and no room is held for nothing', async () => {
  assert.deepEqual(
    await query(
      `select id, state from infrastructure.runs where state in ('waiting', 'running')`,
    ),
    [],
  );
  const held = await query<{ id: string }>(
    'select resource_id as id from infrastructure.reservations',
  );
  assert.deepEqual(
    sorted(held.map(({ id }) => id)),
    sorted(offerings.flatMap(living).map(({ resourceId }) => resourceId)),
  );
});

test('every database is there once, and its credentials open it', async () => {
  const databases = await query<{ name: string }>(
    `select d.datname as name from pg_database d
      where shobj_description(d.oid, 'pg_database') like 'waymark: request %'`,
  );
  const wanted = living('postgres-database');
  assert.equal(databases.length, wanted.length);
  const opened: string[] = [];
  for (const { resourceId } of wanted) {
    const resource = await shop.ask<{
      outputs: { name: string; value?: string }[];
    }>('amara', `/resources/${resourceId}`);
    const value = (name: string) =>
      resource?.body.outputs.find(output => output.name === name)?.value;
    const secret = await shop.ask<{ value: string }>(
      'amara',
      `/resources/${resourceId}/secrets/password`,
      {},
    );
    const client = new pg.Client({
      host: value('host'),
      port: Number(value('port')),
      user: value('user'),
      database: value('database'),
      password: secret?.body.value,
    });
    await client.connect();
    const { rows } = await client.query('select current_database() as name');
    await client.end();
    opened.push(rows[0].name);
  }
  assert.deepEqual(sorted(opened), sorted(databases.map(({ name }) => name)));
});

test(
  'Terraform made and removed nothing more often than people wanted it',
  { skip: noTerraform },
  () => {
    const lines = shop.ledger();
    const times = (deed: string, name: string) =>
      lines.filter(line => line === `${deed} ${name}`).length;
    const wrong = stories
      .filter(({ name }) =>
        made().some(
          story => story.name === name && story.offering === 'ledger-entry',
        ),
      )
      .flatMap(({ kind, name, retries }) => {
        const count = times(kind === 'create' ? 'made' : 'removed', name);
        return count >= 1 && count <= 1 + retries
          ? []
          : [{ kind, name, count, retries }];
      });
    assert.deepEqual(wrong, []);
  },
);

test('the trail of it all is whole', async () => {
  const broken = await query(
    `select number from (
      select number, previous_hash, lag(hash) over (order by number) as hash_before,
        lag(number) over (order by number) as number_before
      from infrastructure.audit) chained
    where number > 1 and (previous_hash <> hash_before or number_before <> number - 1)`,
  );
  assert.deepEqual(broken, []);
});
