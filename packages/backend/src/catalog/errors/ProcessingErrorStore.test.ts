import { TestDatabases } from '@backstage/backend-test-utils';
import { ProcessingErrorStore } from './ProcessingErrorStore';

// The tables are the catalog's own: what this reads of them, as it makes them.
describe('ProcessingErrorStore', () => {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'reads what failed, a page at a time, %p',
    async databaseId => {
      const knex = await databases.init(databaseId);
      await knex.schema.createTable('refresh_state', table => {
        table.string('entity_id').primary();
        table.string('entity_ref');
        table.text('errors');
        table.text('unprocessed_entity');
      });
      await knex.schema.createTable('final_entities', table => {
        table.string('entity_id').primary();
        table.text('final_entity');
      });
      const row = (id: string, errors: string | null) => ({
        entity_id: id,
        entity_ref: `component:default/${id}`,
        errors,
        unprocessed_entity: '{}',
      });
      await knex('refresh_state').insert([
        row('waiting', null),
        row('new', ''),
        row('fine', '[]'),
        row('second', '[{"message":"two"}]'),
        row('first', '[{"message":"one"}]'),
        row('third', '[{"message":"three"}]'),
      ]);
      await knex('final_entities').insert([
        { entity_id: 'first', final_entity: '{}' },
        { entity_id: 'second', final_entity: null },
      ]);
      const store = new ProcessingErrorStore({ getClient: async () => knex });

      const { rows, total } = await store.list({ limit: 2, offset: 0 });
      const next = await store.list({ limit: 2, offset: 2 });

      expect(total).toBe(3);
      expect(
        [...rows, ...next.rows].map(found => [
          found.entity_ref,
          found.in_catalog,
        ]),
      ).toEqual([
        ['component:default/first', true],
        ['component:default/second', false],
        ['component:default/third', false],
      ]);
    },
  );
});
