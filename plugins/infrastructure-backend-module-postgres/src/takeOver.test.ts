import { TestDatabases } from '@backstage/backend-test-utils';
import type { Order } from '@waymark/plugin-infrastructure-node';
import { freshName, orderFor, tools } from './__testUtils__/orders';
import { TestServer } from './__testUtils__/TestServer';
import { PostgresEngine } from './PostgresEngine';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
let world: TestServer;
let engine: PostgresEngine;
beforeAll(async () => {
  world = await TestServer.start(databases);
  engine = PostgresEngine.create({ servers: [world.server] });
});
afterAll(() => world.stop());

async function apply(order: Order) {
  const told = tools();
  return engine.apply(order, await engine.plan(order, told), told);
}

/** A database that somebody made by hand, with rows in it, which its own role reads. */
async function legacy(name = `old_${freshName().replace('-', '_')}`) {
  const { user } = world.server.connection;
  await world.asAdmin(`create role %I login password 'of old'`, name);
  await world.asAdmin(`grant %I to ${user} with admin option`, name);
  await world.asAdmin('create database %I owner %I', name, name);
  const credentials = { user: name, password: 'of old', database: name };
  await world.ask(credentials, 'create table kept as select 42 as answer');
  return { name, credentials };
}

const takingOver = (
  existing: Order['resource']['existing'],
  change: Partial<Order> = {},
): Order =>
  orderFor(freshName(), { takesOver: {}, ...change, resource: { existing } });

const asDatabase = (name: string) => [{ address: 'database', id: name }];

describe('a database that was made by hand', () => {
  it('is left alone by an order that does not take it over', async () => {
    const { name } = await legacy();
    const order = takingOver(asDatabase(name), { takesOver: undefined });
    await expect(engine.plan(order, tools())).rejects.toThrow(
      /does not belong to this resource/,
    );
  });

  it('becomes ours with all that is in it, and who used it goes on', async () => {
    const { name, credentials } = await legacy();
    const order = takingOver([
      ...asDatabase(name),
      { address: 'login', id: name },
    ]);
    const owner = `${order.resource.name}_staging_owner`;
    const { changes } = await engine.plan(order, tools());
    expect(changes).toContainEqual(
      expect.objectContaining({
        action: 'update',
        title: expect.stringContaining(`Give all that ${name} owns in ${name}`),
      }),
    );
    const { outputs } = await apply(order);
    // The password is theirs, and unknown here.
    expect(outputs).toMatchObject({ database: name, user: name });
    expect(outputs).not.toHaveProperty('password');

    expect(await world.ask(credentials, 'select answer from kept')).toEqual([
      { answer: 42 },
    ]);
    const [table] = await world.ask(
      credentials,
      `select tableowner from pg_tables where tablename = 'kept'`,
    );
    expect(table).toEqual({ tableowner: owner });

    // From now on it is like every other.
    const later = { ...order, takesOver: undefined };
    expect(await engine.observe(later, tools())).toEqual({ state: 'asWanted' });
    expect((await apply(later)).outputs.password).toBeDefined();
    await apply({ ...later, wanted: 'absent' });
    expect(await world.thingsOf(name)).toEqual({ databases: [], roles: [] });
  });

  it('gets a login role of its own where none is named', async () => {
    const { name, credentials } = await legacy();
    const order = takingOver(asDatabase(name));
    const { outputs } = await apply(order);
    const { user, password, database } = outputs;
    for (const who of [credentials, { user, password, database }]) {
      expect(await world.ask(who, 'select answer from kept')).toEqual([
        { answer: 42 },
      ]);
    }
    await apply({ ...order, takesOver: undefined, wanted: 'absent' });
    await world.asAdmin('drop role %I', name);
  });

  it('is not taken where its owner has other databases, or where there is none', async () => {
    const { name } = await legacy();
    await world.asAdmin('create database %I owner %I', `${name}_2`, name);
    await expect(
      engine.plan(takingOver(asDatabase(name)), tools()),
    ).rejects.toThrow(/owns other databases beside/);
    await expect(
      engine.plan(takingOver(asDatabase('nowhere')), tools()),
    ).rejects.toThrow(/There is no database nowhere/);
    await world.asAdmin('drop database %I', `${name}_2`);
    await world.asAdmin('drop database %I', name);
    await world.asAdmin('drop role %I', name);
  });

  it.each([
    [[]],
    [[{ address: 'login', id: 'x' }]],
    [[...asDatabase('a'), ...asDatabase('b')]],
    [[...asDatabase('a'), { address: 'schema', id: 'x' }]],
    [asDatabase('postgres')],
    [asDatabase('template1')],
    [[...asDatabase('a'), { address: 'login', id: 'pg_monitor' }]],
  ])('cannot be named %j', existing => {
    expect(() => engine.checkExisting(existing, { server: 'shared' })).toThrow(
      /^existing/,
    );
  });
});

describe('what carries our mark', () => {
  it('is found, and is taken over only from the resource whose mark it carries', async () => {
    const lost = orderFor();
    await apply(lost);
    const found = await engine.survey(
      { server: 'shared' },
      new AbortController().signal,
    );
    const standing = found.find(
      ({ resourceId }) => resourceId === lost.resource.id,
    );
    const database = `${lost.resource.name}_staging`;
    expect(standing).toEqual({
      resourceId: lost.resource.id,
      requestId: lost.requestId,
      title: `database ${database}`,
      existing: [
        { address: 'database', id: database },
        { address: 'login', id: database },
        { address: 'owner', id: `${database}_owner` },
      ],
    });

    const order = takingOver(standing!.existing);
    await expect(engine.plan(order, tools())).rejects.toThrow(
      /does not belong to this resource/,
    );
    await apply({ ...order, takesOver: { markedFor: lost.resource.id } });
    const later = { ...order, takesOver: undefined };
    expect(await engine.observe(later, tools())).toEqual({ state: 'asWanted' });
    await apply({ ...later, wanted: 'absent' });
  });
});
