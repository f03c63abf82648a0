import { TestDatabases } from '@backstage/backend-test-utils';
import type { Order } from '@waymark/plugin-infrastructure-node';
import type { Client } from 'pg';
import { credentialsIn, orderFor, tools } from './__testUtils__/orders';
import { TestServer } from './__testUtils__/TestServer';
import { PostgresEngine } from './PostgresEngine';
import { connect, type Connect } from './Session';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
let world: TestServer;
let engine: PostgresEngine;
beforeAll(async () => {
  world = await TestServer.start(databases);
  engine = PostgresEngine.create({ servers: [world.server] });
});
afterAll(() => world.stop());

/** How a connection comes to its end, at one of the statements. */
type Break = (client: Client, statement: () => Promise<unknown>) => unknown;

const breaks: Record<string, Break> = {
  'while the server works on it': (client, statement) => {
    const answer = statement().catch(() => {});
    client.connection.stream.end(() => client.connection.stream.destroy());
    return answer;
  },
  'before its answer is read': async (client, statement) => {
    await statement();
    client.connection.stream.destroy();
  },
};

/** Connections that break at the given statement; `reached` says whether there was one. */
function breakingAt(position: number, how: Break) {
  const state = { reached: false };
  const open: Connect = async server => {
    const client = await connect(server);
    const intact = client.query.bind(client);
    let count = 0;
    client.query = (async (text: string, values?: unknown[]) => {
      count += 1;
      if (count !== position) return intact(text, values);
      state.reached = true;
      await how(client, () => intact(text, values));
      throw new Error('Connection terminated unexpectedly');
    }) as Client['query'];
    return client;
  };
  return {
    state,
    engine: PostgresEngine.create({ servers: [world.server], connect: open }),
  };
}

const apply = async (by: PostgresEngine, order: Order) =>
  (await by.apply(order, { changes: [], essence: {} }, tools())).outputs;

/** All that an order left behind, without its own name. */
async function left({ resource: { name } }: Order): Promise<unknown> {
  return JSON.parse(
    JSON.stringify(await world.thingsOf(name)).replaceAll(name, 'name'),
  );
}

/** Breaks at every statement in turn, and hands what is left to `check`. */
async function breakEverywhere(
  how: Break,
  prepare: () => Promise<Order>,
  check: (order: Order) => Promise<void>,
): Promise<number> {
  for (let position = 1; ; position += 1) {
    const order = await prepare();
    const broken = breakingAt(position, how);
    const outcome = await apply(broken.engine, order).catch(error => error);
    if (!broken.state.reached) return position - 1;
    expect(outcome).toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('another attempt goes on from there'),
    });
    await check(order);
  }
}

describe.each(Object.entries(breaks))('a connection lost %s', (_, how) => {
  it('leaves a beginning that another attempt completes', async () => {
    const whole = orderFor();
    await apply(engine, whole);
    const wanted = await left(whole);
    const statements = await breakEverywhere(
      how,
      async () => orderFor(),
      async order => {
        const outputs = await apply(engine, order);
        await world.ask(
          credentialsIn(outputs),
          'create table entries (id int)',
        );
        expect(await left(order)).toEqual(wanted);
        expect(await engine.observe(order, tools())).toEqual({
          state: 'asWanted',
        });
      },
    );
    expect(statements).toBeGreaterThanOrEqual(8);
  });

  it('leaves a beginning that can be removed', async () => {
    const statements = await breakEverywhere(
      how,
      async () => orderFor(),
      async order => {
        await apply(engine, { ...order, wanted: 'absent' });
        expect(await left(order)).toEqual({ databases: [], roles: [] });
      },
    );
    expect(statements).toBeGreaterThanOrEqual(8);
  });

  it('leaves an end that another attempt completes', async () => {
    const statements = await breakEverywhere(
      how,
      async () => {
        const order = orderFor();
        await apply(engine, order);
        return { ...order, wanted: 'absent' };
      },
      async order => {
        await apply(engine, order);
        expect(await left(order)).toEqual({ databases: [], roles: [] });
      },
    );
    expect(statements).toBeGreaterThanOrEqual(6);
  });
});

it('stops between two steps when it is told to, and can be taken up again', async () => {
  const order = orderFor();
  const stopping = new AbortController();
  const told = tools(stopping.signal);
  const step = told.step;
  told.step = async title => {
    if (title.startsWith('Database')) stopping.abort(new Error('Cancelled'));
    await step(title);
  };
  await expect(
    engine.apply(order, { changes: [], essence: {} }, told),
  ).rejects.toThrow('Cancelled');
  expect(await left(order)).toMatchObject({ databases: [], roles: [{}, {}] });
  await apply(engine, order);
  expect(await engine.observe(order, tools())).toEqual({ state: 'asWanted' });
});

describe('a server that is not as it should be', () => {
  const elsewhere = (change: Partial<TestServer['server']['connection']>) =>
    PostgresEngine.create({
      servers: [
        {
          ...world.server,
          connection: { ...world.server.connection, ...change },
        },
      ],
    });

  it('that is away is said to be', async () => {
    await expect(
      elsewhere({ port: 1 }).plan(orderFor(), tools()),
    ).rejects.toThrow(
      /The PostgreSQL server shared \(.*:1\) cannot be reached: .*ECONNREFUSED/,
    );
  });

  it('that refuses the password names the setting', async () => {
    await expect(
      elsewhere({ password: 'wrong' }).plan(orderFor(), tools()),
    ).rejects.toThrow(
      /does not let provisioner_\w+ in: .*Check infrastructure.postgres.servers.shared.connection\./,
    );
  });

  it('that has no TLS is not spoken to in clear', async () => {
    await expect(
      elsewhere({ ssl: {} }).plan(orderFor(), tools()),
    ).rejects.toThrow('cannot be reached: The server does not support SSL');
  });

  it('that gave the role too little says what it needs', async () => {
    const order = orderFor();
    const { user, password } = credentialsIn(await apply(engine, order));
    await expect(
      apply(elsewhere({ user, password }), orderFor()),
    ).rejects.toThrow(/The role needs CREATEDB and CREATEROLE/);
  });
});
