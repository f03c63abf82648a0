import { mockCredentials } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { useDatabases } from '../__testUtils__/databases';
import type { Actors } from '../requests/people';
import { Idempotency } from './Idempotency';

const databases = useDatabases();
let knex: Knex;
let idempotency: Idempotency;

beforeAll(async () => {
  knex = await databases.init();
  await knex.schema.createTable('deeds', table => table.text('id'));
  idempotency = new Idempotency(knex, {
    of: async () => ({ ref: 'user:default/amara', groups: [] }),
  } as unknown as Actors);
});
afterEach(() => knex('deeds').delete());

const asked = (key: string) => ({
  caller: { credentials: mockCredentials.user() },
  key,
  asked: { wish: 'a thing' },
});

type Answer = { id: string };
type Keep = (tx: Knex.Transaction, answer: Answer) => Promise<void>;

/** Does something and keeps its answer in one transaction. */
const act = (id: string) => async (keep: Keep) => {
  await knex.transaction(async tx => {
    await tx('deeds').insert({ id });
    await keep(tx, { id });
  });
  return { id };
};

describe('a write that is sent again', () => {
  it('is done once, though its process died before it answered', async () => {
    const dying = async (keep: Keep): Promise<Answer> => {
      await act('first')(keep);
      throw new Error('The process is gone');
    };
    await expect(idempotency.once(asked('died'), dying)).rejects.toThrow(
      'The process is gone',
    );
    expect(await idempotency.once(asked('died'), act('second'))).toEqual({
      id: 'first',
    });
    expect(await knex('deeds').select('id')).toEqual([{ id: 'first' }]);
  });

  it('is done once, by who came later, when the first took too long', async () => {
    const slow = async (keep: Keep): Promise<Answer> => {
      await knex('idempotency')
        .where({ key: 'slow' })
        .update({ at: knex.raw(`at - interval '2 minutes'`) });
      expect(await idempotency.once(asked('slow'), act('second'))).toEqual({
        id: 'second',
      });
      return act('first')(keep);
    };
    await expect(idempotency.once(asked('slow'), slow)).rejects.toThrow(
      'the same was begun anew, and that one counts',
    );
    expect(await knex('deeds').select('id')).toEqual([{ id: 'second' }]);
    expect(await idempotency.once(asked('slow'), act('third'))).toEqual({
      id: 'second',
    });
  });

  it('leaves it to who came later when the first took too long and fails', async () => {
    let goOn = () => {};
    const allowed = new Promise<void>(resolve => {
      goOn = resolve;
    });
    let later: Promise<Answer> | undefined;
    const failing = async (): Promise<Answer> => {
      await knex('idempotency')
        .where({ key: 'fails' })
        .update({ at: knex.raw(`at - interval '2 minutes'`) });
      await new Promise<void>(begun => {
        later = idempotency.once(asked('fails'), async keep => {
          begun();
          await allowed;
          return act('second')(keep);
        });
      });
      throw new Error('It was not to be');
    };
    await expect(idempotency.once(asked('fails'), failing)).rejects.toThrow(
      'It was not to be',
    );
    // The second is still at it: nobody begins a third.
    await expect(
      idempotency.once(asked('fails'), act('third')),
    ).rejects.toThrow('The same is being done already');
    goOn();
    expect(await later).toEqual({ id: 'second' });
    expect(await knex('deeds').select('id')).toEqual([{ id: 'second' }]);
  });

  it('is done again when nothing came of it', async () => {
    const failing = (keep: Keep): Promise<Answer> =>
      knex.transaction(async tx => {
        await tx('deeds').insert({ id: 'first' });
        await keep(tx, { id: 'first' });
        throw new Error('It was not to be');
      });
    await expect(idempotency.once(asked('failed'), failing)).rejects.toThrow(
      'It was not to be',
    );
    expect(await idempotency.once(asked('failed'), act('second'))).toEqual({
      id: 'second',
    });
    expect(await knex('deeds').select('id')).toEqual([{ id: 'second' }]);
  });
});
