import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { repeatDeadlocks } from './repeatDeadlocks';

/** Opens for everybody when the given number has come. */
function gate(number: number): () => Promise<void> {
  let missing = number;
  let open = () => {};
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  return () => {
    missing -= 1;
    if (missing === 0) open();
    return opened;
  };
}

describe('repeatDeadlocks', () => {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  const logger = mockServices.logger.mock();
  let knex: Knex;

  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    await knex.schema.createTable('walks', table => {
      table.string('name').primary();
      table.integer('steps').notNullable().defaultTo(0);
    });
    await knex('walks').insert([{ name: 'hill' }, { name: 'shore' }]);
    repeatDeadlocks(knex, logger);
  });

  const walk = (tx: Knex.Transaction, name: string) =>
    tx('walks').where({ name }).increment('steps', 1);

  it('does again what stood in the way of another, and all of it counts once', async () => {
    const bothBegan = gate(2);
    const both = (first: string, second: string) =>
      knex.transaction(async tx => {
        await walk(tx, first);
        await bothBegan();
        await walk(tx, second);
        return first;
      });

    await expect(
      Promise.all([both('hill', 'shore'), both('shore', 'hill')]),
    ).resolves.toEqual(['hill', 'shore']);

    expect(await knex('walks').orderBy('name').select('steps')).toEqual([
      { steps: 2 },
      { steps: 2 },
    ]);
    expect(logger.info).toHaveBeenCalledWith(
      expect.stringContaining('repeated'),
      { code: '40P01', attempt: 1 },
    );
  });

  it('gives up in the end', async () => {
    const work = jest.fn(async () => {
      throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
    });
    await expect(knex.transaction(work)).rejects.toThrow('deadlock detected');
    expect(work).toHaveBeenCalledTimes(3);
  });

  it('repeats nothing that failed by itself', async () => {
    const work = jest.fn(async (tx: Knex.Transaction) => {
      await tx('walks').insert({ name: 'hill' });
    });
    await expect(knex.transaction(work)).rejects.toThrow('duplicate key');
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('leaves a transaction alone that its owner ends', async () => {
    const tx = await knex.transaction();
    await walk(tx, 'hill');
    await tx.rollback();
    expect(await knex('walks').where({ steps: 3 })).toEqual([]);
  });
});
