import { migrations, useDatabases } from './__testUtils__/databases';
import { startPortal } from './__testUtils__/portal';
import { TestEngine } from './__testUtils__/TestEngine';

const databases = useDatabases();

it('every migration goes down and up again with rows in its tables', async () => {
  const knex = await databases.init();
  const engine = new TestEngine();
  const portal = await startPortal({ knex, engine });
  const amara = portal.as('amara');
  const { body } = await amara.ask();
  await amara.until(body.id, 'done');
  engine.revision = 'one';
  const { body: other } = await amara.ask({ name: 'handed-over' });
  await amara.until(other.id, 'reconciling');
  await portal.report({
    place: 'things/production',
    revision: 'one',
    state: 'settled',
    message: 'Synced.',
    at: '2026-11-29T07:00:00Z',
  });
  await amara.put('/drafts/thing', { parameters: {} });
  await portal.stop();

  const tables = async () =>
    (
      await knex('information_schema.tables')
        .where({ table_schema: 'public' })
        .whereNot('table_name', 'like', 'knex_%')
        .whereNot('table_name', 'like', 'backstage_%')
        .orderBy('table_name')
    ).map(({ table_name }) => table_name);
  const before = await tables();
  for (;;) {
    const [, undone] = await knex.migrate.down({ directory: migrations });
    if (undone.length === 0) break;
  }
  expect(await tables()).toEqual([]);
  await knex.migrate.latest({ directory: migrations });
  expect(await tables()).toEqual(before);
}, 60_000);
