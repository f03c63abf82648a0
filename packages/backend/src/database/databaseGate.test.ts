import express, { type RequestHandler } from 'express';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDatabaseGate } from './databaseGate';

type Monitor = Parameters<typeof createDatabaseGate>[0];

describe('databaseGate', () => {
  let server: Server | undefined;

  afterEach(() => {
    server?.close();
  });

  async function ask(monitor: Monitor, plugin: RequestHandler) {
    const app = express();
    app.use('/api', createDatabaseGate(monitor));
    app.get('/api/plugin/things', plugin);
    await new Promise<void>(resolve => {
      server = app.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server?.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/api/plugin/things`, {
      headers: { connection: 'close' },
    });
    return {
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      body: await response.json(),
    };
  }

  const refusal = {
    status: 503,
    retryAfter: '2',
    body: {
      error: {
        name: 'ServiceUnavailableError',
        message: expect.stringContaining('The database does not answer'),
      },
      request: { method: 'GET', url: '/api/plugin/things' },
      response: { statusCode: 503 },
    },
  };

  const well: Monitor = { state: 'up', troubled: false };
  const troubled: Monitor = { state: 'up', troubled: true };
  const down: Monitor = { state: 'down', troubled: true };

  const answer =
    (status: number): RequestHandler =>
    (_request, response) => {
      response.status(status).json({ from: 'plugin' });
    };

  it('does not ask plugins while the database is down', async () => {
    const plugin = jest.fn(answer(200));
    expect(await ask(down, plugin)).toEqual(refusal);
    expect(plugin).not.toHaveBeenCalled();
  });

  it.each([500, 503])(
    'explains a %d that follows from a lost database',
    async status => {
      expect(await ask(troubled, answer(status))).toEqual(refusal);
    },
  );

  it.each([200, 404])(
    'leaves a %d alone even when a statement failed',
    async status => {
      expect(await ask(troubled, answer(status))).toMatchObject({
        status,
        body: { from: 'plugin' },
      });
    },
  );

  it('leaves failures alone that have another reason', async () => {
    expect(await ask(well, answer(500))).toMatchObject({
      status: 500,
      body: { from: 'plugin' },
    });
  });
});
