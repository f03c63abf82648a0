import { createMockDirectory } from '@backstage/backend-test-utils';
import { emptied } from './emptied';
import { useDatabases } from './useDatabases';

const directory = createMockDirectory({
  content: {
    '20261130_one.js': `exports.up = async knex => {
      await knex.schema.createTable('teams', table => {
        table.increments('id');
        table.text('name');
      });
      await knex.schema.createTable('people', table => {
        table.increments('id');
        table.integer('team').notNullable().references('teams.id');
      });
      await knex('teams').insert({ name: 'ledger' });
    };
    exports.down = async () => {};`,
  },
});
const databases = useDatabases(directory.path);

it('gives each a database of its own with what migrations made', async () => {
  const one = await databases.init();
  const other = await databases.init();
  await one('teams').insert({ name: 'storefront' });
  await expect(one('teams').pluck('name')).resolves.toEqual([
    'ledger',
    'storefront',
  ]);
  await expect(other('teams').pluck('name')).resolves.toEqual(['ledger']);
  await expect(
    other.migrate.latest({ directory: directory.path }),
  ).resolves.toEqual([1, []]);
});

it('empties all tables, whatever refers to what, and begins to count anew', async () => {
  const knex = await databases.init();
  await knex('people').insert({ team: 1 });
  await emptied(knex);
  await expect(knex('people')).resolves.toEqual([]);
  await expect(
    knex('teams').insert({ name: 'ledger' }).returning('id'),
  ).resolves.toEqual([{ id: 1 }]);
  await expect(knex('knex_migrations').pluck('name')).resolves.toEqual([
    '20261130_one.js',
  ]);
});

it('empties the tables that it is told, and no other', async () => {
  const knex = await databases.init();
  await knex('people').insert({ team: 1 });
  await emptied(knex, { only: ['people'] });
  await expect(knex('people')).resolves.toEqual([]);
  await expect(knex('teams').pluck('id')).resolves.toEqual([1]);
  await emptied(knex, { but: ['teams'] });
  await expect(knex('teams').pluck('id')).resolves.toEqual([1]);
});
