import { TestDatabases } from '@backstage/backend-test-utils';
import { bill } from './__testUtils__/bill';
import { migratedDatabase, migrations } from './__testUtils__/database';
import { startPortal } from './__testUtils__/portal';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

it('every migration goes down and up again with rows in its tables', async () => {
  const knex = await migratedDatabase(databases);
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
