import { TestDatabases } from '@backstage/backend-test-utils';
import type { Order } from '@waymark/plugin-infrastructure-node';
import { orderFor, tools } from './__testUtils__/orders';
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

async function applied(order: Order): Promise<void> {
  await engine.apply(order, await engine.plan(order, tools()), tools());
}

it('whether a database is to be backed up is planned, and noted on it', async () => {
  const order = orderFor();
  const { name } = order.resource;
  const asked = (backups?: boolean): Order => ({
    ...order,
    parameters: { connections: 5, ...(backups !== undefined && { backups }) },
  });
  // Nobody was asked: nothing is noted, and what is asked later is no drift.
  await applied(asked());
  expect(await world.thingsOf(name)).toMatchObject({
    databases: [
      { comment: `waymark: request req-${name} resource res-${name}` },
    ],
  });
  expect(await engine.observe(asked(true), tools())).toEqual({
    state: 'asWanted',
  });
  await applied(asked(true));
  expect((await engine.plan(asked(false), tools())).changes).toContainEqual(
    expect.objectContaining({
      action: 'update',
      address: `database.${name}_staging`,
      details: [{ field: 'to be backed up', before: 'yes', after: 'no' }],
    }),
  );
  await applied(asked(false));
  expect(await world.thingsOf(name)).toMatchObject({
    databases: [{ comment: expect.stringMatching(/ backups no$/) }],
  });
  expect(await engine.observe(asked(false), tools())).toEqual({
    state: 'asWanted',
  });
});
