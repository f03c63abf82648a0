import { TestDatabases } from '@backstage/backend-test-utils';
import type { Order } from '@waymark/plugin-infrastructure-node';
import {
  credentialsIn,
  freshName,
  orderFor,
  tools,
} from './__testUtils__/orders';
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

async function apply(order: Order, told = tools()) {
  return (await engine.apply(order, await engine.plan(order, told), told))
    .outputs;
}
const actionsOf = async (order: Order) =>
  (await engine.plan(order, tools())).changes.map(
    ({ action, address }) => `${action} ${address}`,
  );
const gone = (order: Order): Order => ({
  ...order,
  requestId: `${order.requestId}-end`,
  wanted: 'absent',
});

describe('a new database', () => {
  it('is planned before anything happens', async () => {
    const order = orderFor();
    const { name } = order.resource;
    const plan = await engine.plan(order, tools());
    expect(plan.changes).toMatchObject([
      { action: 'create', address: `role.${name}_staging_owner` },
      {
        action: 'create',
        address: `role.${name}_staging`,
        details: [{ field: 'connections', after: '5' }],
      },
      { action: 'create', address: `database.${name}_staging` },
    ]);
    expect(await world.thingsOf(name)).toEqual({ databases: [], roles: [] });
    expect(await engine.observe(order, tools())).toEqual({ state: 'absent' });
  });

  it('has the same essence whoever asks, and another when anything else is wanted', async () => {
    const order = orderFor();
    const essence = async (other: Order) =>
      JSON.stringify((await engine.plan(other, tools())).essence);
    const first = await essence(order);
    expect(await essence({ ...order, requestId: 'another' })).toBe(first);
    expect(
      await essence(orderFor(order.resource.name, { connections: 6 })),
    ).not.toBe(first);
    expect(await essence(gone(order))).not.toBe(first);
  });

  it('lets its user in and keeps everybody else out', async () => {
    const order = orderFor();
    const told = tools();
    const outputs = await apply(order, told);
    expect(outputs).toEqual({
      host: 'databases.larkspur.example',
      port: '6432',
      database: `${order.resource.name}_staging`,
      user: `${order.resource.name}_staging`,
      password: expect.stringMatching(/^[\w-]{32}$/),
    });
    expect(told.secrets).toContain(outputs.password);
    expect([...told.steps, ...told.lines].join()).not.toContain(
      outputs.password,
    );
    const mine = credentialsIn(outputs);
    await world.ask(mine, 'create table entries (id int)');
    expect(
      await world.ask(
        mine,
        `select tableowner, session_user::text as session from pg_tables
          where tablename = 'entries'`,
      ),
    ).toEqual([{ tableowner: `${mine.database}_owner`, session: mine.user }]);

    const other = credentialsIn(await apply(orderFor()));
    await expect(
      world.ask({ ...other, database: mine.database }, 'select 1'),
    ).rejects.toThrow('permission denied for database');
    for (const statement of [
      'create role friend',
      'create database more',
      `alter role "${mine.user}" connection limit -1`,
      `grant "${mine.user}" to "${other.user}"`,
    ]) {
      await expect(world.ask(mine, statement)).rejects.toThrow(
        /permission denied/,
      );
    }
    await expect(
      world.ask({ ...mine, password: other.password }, 'select 1'),
    ).rejects.toThrow('password authentication failed');
  });

  it('gives no more connections than were asked for', async () => {
    const outputs = await apply(orderFor(freshName(), { connections: 2 }));
    const held = await Promise.all(
      [1, 2].map(() => world.connect(credentialsIn(outputs))),
    );
    await expect(world.ask(credentialsIn(outputs), 'select 1')).rejects.toThrow(
      'too many connections for role',
    );
    await Promise.all(held.map(client => client.end()));
  });

  it('carries the mark of request and resource', async () => {
    const order = orderFor();
    await apply(order);
    const { name } = order.resource;
    const comment = `waymark: request req-${name} resource res-${name} backups yes`;
    expect(await world.thingsOf(name)).toMatchObject({
      databases: [{ comment }],
      roles: [{ comment }, { comment }],
    });
  });
});

describe('a change', () => {
  it('of the connections takes effect, makes a new password and keeps the data', async () => {
    const order = orderFor();
    const before = credentialsIn(await apply(order));
    await world.ask(before, 'create table entries as select 1 as id');
    const update = {
      ...orderFor(order.resource.name, { connections: 9 }),
      requestId: 'req-update',
    };
    const plan = await engine.plan(update, tools());
    expect(plan.changes).toMatchObject([
      { action: 'keep' },
      {
        action: 'update',
        address: `role.${before.user}`,
        details: [{ field: 'connections', before: '5', after: '9' }],
      },
      { action: 'keep' },
      { action: 'update', address: `password.${before.user}` },
    ]);
    const after = credentialsIn(await apply(update));
    expect(after.password).not.toBe(before.password);
    await expect(world.ask(before, 'select 1')).rejects.toThrow(
      'password authentication failed',
    );
    expect(await world.ask(after, 'select id from entries')).toEqual([
      { id: 1 },
    ]);
    expect(await world.thingsOf(order.resource.name)).toMatchObject({
      roles: [{ rolconnlimit: 9 }, {}],
      databases: [{ comment: expect.stringContaining('req-update') }],
    });
  });

  it('by two runs at once ends like one', async () => {
    const order = orderFor();
    const both = await Promise.all([apply(order), apply(order)]);
    const single = orderFor();
    await apply(single);
    const generalise = async ({ resource: { name } }: Order) =>
      JSON.parse(
        JSON.stringify(await world.thingsOf(name)).replaceAll(name, 'name'),
      );
    expect(await generalise(order)).toEqual(await generalise(single));
    const welcome = await Promise.allSettled(
      both.map(outputs => world.ask(credentialsIn(outputs), 'select 1')),
    );
    expect(welcome.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    expect(await engine.observe(order, tools())).toEqual({ state: 'asWanted' });
  });
});

describe('the end', () => {
  it('drops everything, though somebody is connected', async () => {
    const order = orderFor();
    const client = await world.connect(credentialsIn(await apply(order)));
    await client.query('create table entries (id int)');
    const { name } = order.resource;
    expect(await actionsOf(gone(order))).toEqual([
      `delete database.${name}_staging`,
      `delete role.${name}_staging`,
      `delete role.${name}_staging_owner`,
    ]);
    expect(await apply(gone(order))).toEqual({});
    expect(await world.thingsOf(name)).toEqual({ databases: [], roles: [] });
    await expect(client.query('select 1')).rejects.toThrow();
  });

  it('of what is not there is done at once', async () => {
    const order = gone(orderFor());
    expect(await actionsOf(order)).toEqual([]);
    expect(await apply(order)).toEqual({});
  });

  it('says what hangs on a role that cannot go', async () => {
    const order = orderFor();
    const { user } = credentialsIn(await apply(order));
    await world.asAdmin('create schema %I authorization %I', user, user);
    await expect(apply(gone(order))).rejects.toThrow(
      /keeps it, because something else hangs on it: .*Remove that first/,
    );
    await world.asAdmin('drop schema %I', user);
    await apply(gone(order));
    expect(await world.thingsOf(order.resource.name)).toEqual({
      databases: [],
      roles: [],
    });
  });
});

describe('drift', () => {
  const drifts: [string, string, (name: string) => string[]][] = [
    [
      'another limit of connections',
      'alter role %I connection limit 70',
      name => [`${name}_staging`],
    ],
    [
      'another owner',
      'alter database %I owner to %I',
      name => [`${name}_staging`, world.server.connection.user],
    ],
    [
      'an open door',
      'grant connect on database %I to public',
      name => [`${name}_staging`],
    ],
    [
      'a closed door',
      'alter database %I allow_connections false',
      name => [`${name}_staging`],
    ],
    [
      'rights of an administrator',
      'alter role %I createrole',
      name => [`${name}_staging`],
    ],
    ['a missing database', 'drop database %I', name => [`${name}_staging`]],
    [
      'a lost membership',
      'revoke %I from %I granted by %I',
      name => [
        `${name}_staging_owner`,
        `${name}_staging`,
        world.server.connection.user,
      ],
    ],
    [
      'a lost mark',
      'comment on database %I is null',
      name => [`${name}_staging`],
    ],
  ];
  it.each(drifts)('%s is found and repaired', async (_, statement, names) => {
    const order = orderFor();
    await apply(order);
    expect(await engine.observe(order, tools())).toEqual({ state: 'asWanted' });
    await world.asAdmin(statement, ...names(order.resource.name));
    const found = await engine.observe(order, tools());
    expect(found).toMatchObject({ state: 'drifted' });
    expect('changes' in found && found.changes).toHaveLength(1);
    await apply(order);
    expect(await engine.observe(order, tools())).toEqual({ state: 'asWanted' });
  });

  it('a database whose removal was cut short is made again', async () => {
    const order = orderFor();
    const { database } = await apply(order);
    await world.admin.raw(
      'update pg_database set datconnlimit = -2 where datname = ?',
      [database],
    );
    expect(await engine.observe(order, tools())).toMatchObject({
      state: 'drifted',
      changes: [{ action: 'create', address: `database.${database}` }],
    });
    const outputs = await apply(order);
    await world.ask(credentialsIn(outputs), 'create table entries (id int)');
  });
});

describe('what belongs to somebody else', () => {
  const foreign: [string, (name: string) => Promise<void>, string][] = [
    [
      'a database of that name',
      name => world.asAdmin('create database %I', `${name}_staging`),
      'has no comment',
    ],
    [
      'a role of that name',
      name => world.asAdmin('create role %I', `${name}_staging`),
      'has no comment',
    ],
    [
      'another resource of that name',
      async name => {
        await apply(orderFor(name, { resource: { id: 'res-other' } }));
      },
      'resource res-other',
    ],
  ];
  it.each(foreign)('%s is left alone', async (_, make, reason) => {
    const order = orderFor();
    const { name } = order.resource;
    await make(name);
    const before = await world.thingsOf(name);
    const plan = await engine.plan(orderFor(), tools());
    for (const attempt of [
      () => engine.plan(order, tools()),
      () => engine.apply(order, plan, tools()),
      () => engine.apply(gone(order), plan, tools()),
      () => engine.observe(order, tools()),
    ]) {
      await expect(attempt()).rejects.toThrow(
        new RegExp(`does not belong to this resource: .*${reason}`),
      );
    }
    expect(await world.thingsOf(name)).toEqual(before);
    await world.admin.raw('drop database if exists ?? with (force)', [
      `${name}_staging`,
    ]);
    await world.admin.raw('drop role if exists ??', [`${name}_staging`]);
  });
});

describe('what makes no sense', () => {
  it.each([
    'Orders',
    'orders_db',
    '1orders',
    'orders-',
    'or"ders',
    "orders'; drop role x; --",
    'örders',
    '',
  ])('the name %p is refused', async name => {
    await expect(engine.plan(orderFor(name), tools())).rejects.toThrow(
      `The name "${name}" cannot be part of a database's name`,
    );
  });

  it('a name is taken as long as PostgreSQL keeps it whole, and no longer', async () => {
    const most = freshName().padEnd(49, 'x');
    const outputs = await apply(orderFor(most));
    expect(outputs.database).toBe(`${most}_staging`);
    await world.ask(credentialsIn(outputs), 'select 1');
    await expect(engine.plan(orderFor(`${most}x`), tools())).rejects.toThrow(
      'in staging it may have 49 characters, and has 50',
    );
  });

  it('names that share letters stay apart', async () => {
    const name = freshName();
    const one = orderFor(name, { resource: { environment: 'a-b' } });
    const other = orderFor(`${name}-a`, { resource: { environment: 'b' } });
    expect((await apply(one)).database).not.toBe((await apply(other)).database);
  });

  it('settings and parameters are checked', async () => {
    expect(() => engine.checkSettings({ server: 'shared' })).not.toThrow();
    expect(() => engine.checkSettings({ server: 'elsewhere' })).toThrow(
      'The offering wants the PostgreSQL server "elsewhere", which infrastructure.postgres.servers does not have; it has shared.',
    );
    expect(() => engine.checkSettings({})).toThrow(/server/);
    expect(() =>
      engine.checkSettings({ server: 'shared', database: 'x' }),
    ).toThrow(/database/);
    await expect(
      engine.plan(orderFor(freshName(), { connections: 0 }), tools()),
    ).rejects.toThrow(/connections/);
  });
});
