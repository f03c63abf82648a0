import { bill } from './__testUtils__/bill';
import { migrations, useDatabases } from './__testUtils__/databases';
import { startPortal } from './__testUtils__/portal';

jest.setTimeout(60_000);

const databases = useDatabases();

it('every migration goes down and up again with rows in its tables', async () => {
  const knex = await databases.init();
  const portal = await startPortal({ knex });
  await portal.import(bill([{ Tags: '{"org": "payments"}' }]));
  await portal.stop();

  // What is prepared takes the place of what counts, column by column.
  const columnsOf = async (table: string) =>
    knex('information_schema.columns')
      .where({ table_schema: 'public', table_name: table })
      .orderBy('ordinal_position')
      .select('column_name', 'data_type');
  for (const table of ['allocations', 'shares', 'spend', 'spend_months']) {
    expect(await columnsOf(`next_${table}`)).toEqual(await columnsOf(table));
  }

  const tables = async () =>
    (
      await knex('information_schema.tables')
        .where({ table_schema: 'public' })
        .whereNot('table_name', 'like', 'knex_%')
        .whereNot('table_name', 'like', 'backstage_%')
        .orderBy('table_name')
    ).map(({ table_name }) => table_name);
  const before = await tables();
  expect(before).toContain('charges');
  for (;;) {
    const [, undone] = await knex.migrate.down({ directory: migrations });
    if (undone.length === 0) break;
  }
  expect(await tables()).toEqual([]);
  await knex.migrate.latest({ directory: migrations });
  expect(await tables()).toEqual(before);
});

it('recommendations stay the same ones when they are known by what they are about', async () => {
  const knex = await databases.init();
  const migration = {
    directory: migrations,
    name: '20261129234000_restate_recommendation_fingerprints.js',
  };
  await knex.migrate.down(migration);
  const said = (rule: string, rest: string, given: object = {}) => ({
    rule,
    fingerprint: `${rule} aws USD ${rest}`,
    kind: 'idle',
    title: 'Give it back',
    why: 'Nobody uses it.',
    effort: 'low',
    source: 'aws',
    entity_ref: 'component:default/orders',
    resource_id: 'arn:a b',
    service: 'Amazon EC2',
    currency: 'USD',
    first_day: '2026-04-01',
    last_day: '2026-04-30',
    cost: 1,
    low: 1,
    high: 1,
    evidence: '[]',
    link: '{}',
    subject: '{}',
    ...given,
  });
  const judged = { verdict: 'dismissed', judged_at: '2026-04-20T00:00:00Z' };
  const of = 'component:default/orders Amazon EC2 arn:a b';
  await knex('recommendations').insert([
    // As it was with one line, and with two.
    said('stopped-use', 'arn:a b BoxUsage'),
    said('stopped-use', 'arn:a b ', judged),
    said('nobodys', 'arn:a b Hours'),
    said('beside-peers', 'arn:a b Hours'),
    said('loud-telemetry', `${of} Logs`),
    said('loud-telemetry', `${of} Metrics`, judged),
    said('old-generation', `${of} BoxUsage:m4`),
    said('old-generation', `${of} BoxUsage:m4.large`),
    said('beside-production', 'arn:a b Amazon EC2 arn:a b m7g', {
      entity_ref: null,
    }),
    said('unattached', 'arn:a b IdleAddress'),
    said('uncommitted', 'group:default/ledger Amazon EC2', {
      resource_id: null,
    }),
  ]);
  await knex.migrate.up(migration);
  const rows = await knex('recommendations')
    .orderBy('fingerprint')
    .select('fingerprint', 'verdict');
  expect(rows.map(row => `${row.fingerprint}: ${row.verdict}`)).toEqual([
    'beside-peers aws USD component:default/orders: open',
    'beside-production aws USD arn:a b m7g: open',
    'loud-telemetry aws USD component:default/orders: dismissed',
    'nobodys aws USD arn:a b: open',
    'old-generation aws USD arn:a b BoxUsage:m4: open',
    'old-generation aws USD arn:a b BoxUsage:m4.large: open',
    'stopped-use aws USD arn:a b: dismissed',
    'unattached aws USD arn:a b IdleAddress: open',
    'uncommitted aws USD group:default/ledger Amazon EC2: open',
  ]);
});
