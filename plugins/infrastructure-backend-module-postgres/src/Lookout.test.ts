import { TestDatabases } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import type { Client } from 'pg';
import { TestServer } from './__testUtils__/TestServer';
import { Lookout } from './Lookout';
import { connect, type Session } from './Session';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
let world: TestServer;
beforeAll(async () => {
  world = await TestServer.start(databases);
});
afterAll(() => world.stop());

const { signal } = new AbortController();
const sessionId = async (session: Session) => {
  const [{ id }] = await session.run<{ id: number }>(
    'select pg_backend_pid() as id',
  );
  return id;
};

/** A lookout, and the connections that it opened. */
function setUp() {
  const opened: Client[] = [];
  const lookout = new Lookout(async server => {
    const client = await connect(server);
    opened.push(client);
    return client;
  });
  const look = <T>(at: (session: Session) => Promise<T>) =>
    lookout.on(world.server, signal, at);
  return { look, opened };
}

describe('who looks at a server', () => {
  it('looks on the connection of who looked before', async () => {
    const { look, opened } = setUp();
    expect(await look(sessionId)).toBe(await look(sessionId));
    expect(opened).toHaveLength(1);
  });

  it('shares no connection with who looks at the same time, and keeps four', async () => {
    const { look, opened } = setUp();
    const at = () =>
      Promise.all(Array.from({ length: 6 }, () => look(sessionId)));
    expect(new Set(await at()).size).toBe(6);
    await at();
    expect(opened).toHaveLength(8);
  });

  it('takes another one where the server ended it meanwhile', async () => {
    const { look, opened } = setUp();
    const first = await look(sessionId);
    await world.admin.raw('select pg_terminate_backend(?)', [first]);
    expect(await look(sessionId)).not.toBe(first);
    expect(opened).toHaveLength(2);
  });

  it('looks once more where it breaks under them', async () => {
    const { look, opened } = setUp();
    const first = await look(sessionId);
    opened[0].query = (async () => {
      opened[0].connection.stream.destroy();
      throw new Error('Connection terminated unexpectedly');
    }) as Client['query'];
    expect(await look(sessionId)).not.toBe(first);
  });

  it('looks once alone where what is found is not right', async () => {
    const { look, opened } = setUp();
    await look(sessionId);
    const judge = jest.fn(async () => {
      throw new ConflictError('It is of somebody else');
    });
    await expect(look(judge)).rejects.toThrow('It is of somebody else');
    expect(judge).toHaveBeenCalledTimes(1);
    expect(opened).toHaveLength(1);
  });

  it('hears which server cannot be reached', async () => {
    const lookout = new Lookout(async () => {
      throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    });
    await expect(lookout.on(world.server, signal, sessionId)).rejects.toThrow(
      /^The PostgreSQL server shared .* cannot be reached: refused/,
    );
  });
});
