import { migrations as directory } from './__testUtils__/databases';
import {
  caller,
  FleetBench,
  releaseOf,
  template,
} from './__testUtils__/FleetBench';

jest.setTimeout(60_000);

const bench = new FleetBench();

it('every migration goes down and up again with rows in its tables', async () => {
  await bench.begin();
  const { knex } = bench;
  const first = releaseOf('1.0.0', { 'a.txt': 'one\n' });
  await bench.publish(first);
  await bench.scaffold('blue-paper', first);
  await bench.publish(releaseOf('1.1.0', { 'a.txt': 'two\n' }));
  const { reader, campaigns, exceptions } = await bench.open();
  await reader.refresh();
  await exceptions.ask(
    {
      entityRef: 'component:default/blue-paper',
      kind: 'version',
      reason: 'It is replaced in spring.',
      until: new Date().toISOString().slice(0, 10),
    },
    caller,
  );
  await campaigns.start({ title: 'Everybody', template }, caller);

  const columns = async () =>
    knex('information_schema.columns')
      .where({ table_schema: 'public' })
      .whereNot('table_name', 'like', 'knex_%')
      .orderBy(['table_name', 'column_name'])
      .select('table_name', 'column_name', 'data_type');
  const before = await columns();
  expect(before).not.toEqual([]);
  for (;;) {
    const [, undone] = await knex.migrate.down({ directory });
    if (undone.length === 0) break;
  }
  expect(await columns()).toEqual([]);
  await knex.migrate.latest({ directory });
  expect(await columns()).toEqual(before);
});
