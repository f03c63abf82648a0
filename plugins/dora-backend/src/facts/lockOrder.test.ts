import type { Knex } from 'knex';
import { until } from '@waymark/plugin-testing-node';
import { useDatabases } from '../__testUtils__/databases';
import { component } from '../__testUtils__/entities';
import { TestSource } from '../__testUtils__/portal';
import { Workbench } from '../__testUtils__/Workbench';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const databases = useDatabases();
let knex: Knex;
let bench: Workbench;

/** What is told by `b` waits first, so that its name is looked at first. */
const told = [
  { source: 'b', service: 'orders' },
  { source: 'a', service: 'payments' },
];
const entities = told.map(({ service }) => component(service));

beforeAll(async () => {
  knex = await databases.init();
});

beforeEach(async () => {
  await knex.raw(
    'truncate services, deliveries, delivery_counters, entities cascade',
  );
  bench = new Workbench(
    knex,
    told.map(({ source }) => new TestSource(source)),
  );
  for (const { source, service } of told) {
    await bench.inbox.add([
      {
        source,
        deliveryId: 'd1',
        headers: {},
        body: Buffer.from(
          JSON.stringify({
            facts: [
              {
                type: 'incident',
                id: 'i1',
                service: { entity: service },
                createdAt: '2026-03-02T10:00:00Z',
                observedAt: '2026-03-02T10:00:00Z',
              },
            ],
          }),
        ),
      },
    ]);
    await bench.drain();
  }
});

const held = (tx: Knex, source: string) =>
  tx('delivery_counters').where({ source }).forUpdate();

/** Whether somebody waits for a row that another transaction holds. */
async function somebodyWaits(): Promise<boolean> {
  const { rows } = await knex.raw(
    `select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows.length > 0;
}

it.each([
  ['facts are brought to their components', () => bench.catalogIs(entities)],
  [
    'deliveries are read again',
    () => bench.inbox.requeueAll('unmatched', undefined),
  ],
])('counters are locked by name when %s', async (_, work) => {
  const holder = await knex.transaction();
  await held(holder, 'a');
  const working = work();
  await until(somebodyWaits, Boolean);
  // Whoever waits for the first holds none of the later ones.
  await expect(held(holder, 'b').noWait()).resolves.toHaveLength(1);
  await holder.rollback();
  await working;
  expect(await knex('delivery_counters').orderBy('source')).toMatchObject([
    { source: 'a', unmatched: '0' },
    { source: 'b', unmatched: '0' },
  ]);
});

it('what may move is locked by one statement', async () => {
  const { source, service } = told[0];
  // A transaction tells of its statements, and so does what it was begun on.
  const statements = new Map<string, string>();
  const note = (query: { __knexQueryUid: string; sql: string }) =>
    statements.set(query.__knexQueryUid, query.sql);
  await bench.inbox.add([
    {
      source,
      deliveryId: 'd2',
      headers: {},
      body: Buffer.from(
        JSON.stringify({
          facts: ['i2', 'i3', 'i4'].map(id => ({
            type: 'incident',
            id,
            idIsUnique: true,
            service: { entity: service },
            createdAt: '2026-03-02T10:00:00Z',
            observedAt: '2026-03-02T10:00:00Z',
          })),
        }),
      ),
    },
  ]);
  knex.on('query', note);
  await bench.drain();
  knex.off('query', note);
  expect(
    [...statements.values()].filter(sql =>
      sql.includes('select pg_advisory_xact_lock(hashtextextended'),
    ),
  ).toHaveLength(1);
});
