import type { Knex } from 'knex';
import { emptied, until } from '@waymark/plugin-testing-node';
import { useDatabases } from '../__testUtils__/databases';
import { conclusionsIn } from '../__testUtils__/conclusions';
import { component, group } from '../__testUtils__/entities';
import { Workbench } from '../__testUtils__/Workbench';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const databases = useDatabases();
const names = ['payments', 'shop', 'vault'];
const entities = [
  group('ledger'),
  ...names.map(name => component(name, { owner: 'ledger' })),
];
/** An incident three hours after a deployment. */
const facts = names.flatMap(service => [
  {
    type: 'deployment',
    id: `${service}-d`,
    service,
    environment: 'production',
    status: 'success',
    finishedAt: '2026-03-02T10:00:00Z',
  },
  {
    type: 'incident',
    id: `${service}-i`,
    service,
    createdAt: '2026-03-02T13:00:00Z',
  },
]);
let knex: Knex;

beforeAll(async () => {
  knex = await databases.init();
});
beforeEach(() => emptied(knex));

/** A replica that has just started. */
async function started(incidentWindow: string): Promise<Workbench> {
  const bench = new Workbench(knex, [], { attribution: { incidentWindow } });
  await bench.catalogIs(entities);
  await bench.conclusionSettings.adopt();
  return bench;
}

const failed = async () =>
  (await knex('outcomes').where({ failed: true })).length;
const marked = async () => (await knex('stale_services')).length;

it('draws all conclusions anew when attribution is configured otherwise, and once', async () => {
  const day = await started('24h');
  await day.import(facts);
  await day.drain();
  expect(await failed()).toBe(3);

  const hours = await started('2h');
  expect(await marked()).toBe(3);
  await started('2h');
  await hours.drain();
  expect(await failed()).toBe(0);

  const again = await started('2h');
  expect(await marked()).toBe(0);
  const concluded = await conclusionsIn(knex);
  await again.drain();
  expect(await conclusionsIn(knex)).toEqual(concluded);
});

it('leaves the work to the replica that started last while others still run', async () => {
  const old = await started('24h');
  await old.import(facts);
  await old.drain();
  const young = await started('2h');
  await old.drain();
  expect(await marked()).toBe(3);
  expect(await failed()).toBe(3);
  await young.drain();
  expect(await failed()).toBe(0);

  // What comes in by the old one is concluded by the young one.
  await old.import(facts);
  await old.drain();
  expect(await failed()).toBe(0);
  expect(await marked()).toBe(3);
  await knex('stale_services').update({ not_before: knex.fn.now() });
  await Promise.all([old.drain(), young.drain()]);
  expect(await marked()).toBe(0);
  expect(await failed()).toBe(0);
});

it('waits for a conclusion that is being drawn by the settings before', async () => {
  const old = await started('24h');
  await old.import(facts);
  await knex('stale_services').update({ not_before: knex.fn.now() });
  // Somebody holds the last table that is written, so that the work stops there.
  const holder = await knex.transaction();
  await holder.raw('lock table stale_buckets in access exclusive mode');
  const work = old.recalculation.attributeNext();
  const waits = async (query: string) => {
    const { rows } = await knex.raw(
      `select 1 from pg_stat_activity where datname = current_database()
        and wait_event_type = 'Lock' and query like ?`,
      [query],
    );
    return rows.length > 0;
  };
  await until(() => waits('%insert into stale_buckets%'), Boolean);
  const young = started('2h');
  await until(() => waits('%pg_advisory_xact_lock(%'), Boolean);
  await holder.rollback();
  await work;
  await (await young).drain();
  expect(await failed()).toBe(0);
  expect(await marked()).toBe(0);
});
