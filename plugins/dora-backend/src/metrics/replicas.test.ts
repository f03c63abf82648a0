import type { Knex } from 'knex';
import { emptied, until } from '@waymark/plugin-testing-node';
import { useDatabases } from '../__testUtils__/databases';
import { conclusionsIn, forgetConclusions } from '../__testUtils__/conclusions';
import { component, group } from '../__testUtils__/entities';
import { Workbench } from '../__testUtils__/Workbench';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const databases = useDatabases();
const names = Array.from({ length: 12 }, (_, index) => `s${index}`);
const deployment = (service: string, index: number, more: object = {}) => ({
  type: 'deployment',
  id: `${service}-${index}`,
  service,
  environment: 'production',
  status: index % 5 === 0 ? 'failure' : 'success',
  finishedAt: new Date(Date.UTC(2026, 2, 1 + (index % 40))).toISOString(),
  ...more,
});
let knex: Knex;
let one: Workbench;

beforeAll(async () => {
  knex = await databases.init();
});
beforeEach(async () => {
  await emptied(knex);
  one = new Workbench(knex);
  await one.catalogIs([
    group('ledger'),
    ...names.map(name => component(name, { owner: 'ledger' })),
  ]);
});

describe('two replicas on one database', () => {
  it('share the work and count nothing twice', async () => {
    const two = new Workbench(knex);
    const half = (from: number) =>
      names.flatMap(name =>
        Array.from({ length: 60 }, (_, index) =>
          deployment(name, from + index),
        ),
      );
    // Overlapping imports, in opposite order, while both compute.
    await Promise.all([
      one.import(half(0)),
      two.import(half(30).reverse()),
      one.drain(),
      two.drain(),
    ]);
    await Promise.all([one.drain(), two.drain()]);
    await one.drain();
    const { metrics, upToDate } = await one.metrics({
      from: '2026-01-01',
      to: '2026-12-01',
    });
    expect(upToDate).toBe(true);
    expect(metrics.changeFailRate.n).toBe(names.length * 90);
    expect(metrics.deploymentFrequency.n).toBe(names.length * 72);
    const shared = await conclusionsIn(knex);
    await forgetConclusions(knex);
    await one.drain();
    expect(shared).toEqual(await conclusionsIn(knex));
  });

  it('leave nothing half when one loses its connection midway', async () => {
    await one.import(names.map(name => deployment(name, 1)));
    await one.drain();
    const before = await conclusionsIn(knex);
    await one.import(
      names.map(name => deployment(name, 1, { status: 'failure' })),
    );

    // Somebody holds the last table that is written, so that the work stops there.
    const holder = await knex.transaction();
    await holder.raw('lock table stale_buckets in access exclusive mode');
    const work = one.recalculation.attributeNext();
    await until(
      () =>
        knex.raw(
          `select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'
              and query like '%insert into stale_buckets%'`,
        ),
      ({ rows }) => rows.length > 0,
    );
    await holder.rollback();
    await work.catch(() => {});
    expect(await conclusionsIn(knex)).toEqual(before);

    // What was being done is still to be done.
    await knex('stale_services').update({ not_before: knex.fn.now() });
    await one.drain();
    const { metrics } = await one.metrics({
      from: '2026-01-01',
      to: '2026-12-01',
    });
    expect(metrics.changeFailRate).toMatchObject({
      n: names.length,
      counted: names.length,
    });
  });

  it('go on with the others when one component cannot be computed', async () => {
    await one.import(names.map(name => deployment(name, 1)));
    await knex.raw(`create function refuse() returns trigger language plpgsql as
      $$ begin if new.service_id = (select id from services where entity_ref = 'component:default/s0')
        then raise exception 'no'; end if; return new; end $$`);
    await knex.raw(`create trigger refuse before insert on outcomes
      for each row execute function refuse()`);
    await one.drain();
    const { rows } = await knex.raw(
      'select count(distinct service_id)::int as count from outcomes',
    );
    expect(rows[0].count).toBe(names.length - 1);
    await knex.raw('drop trigger refuse on outcomes');
    await knex('stale_services').update({ not_before: knex.fn.now() });
    await one.drain();
    expect(await knex('outcomes')).toHaveLength(names.length);
  });
});
