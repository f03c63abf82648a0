import express, { type Response } from 'express';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { RequestsInFlight } from './RequestsInFlight';

describe('RequestsInFlight', () => {
  const agent = new http.Agent({ keepAlive: true });
  let server: http.Server;
  let requests: RequestsInFlight;
  let open: Response[];
  let arrived: () => void;

  beforeEach(async () => {
    requests = new RequestsInFlight();
    open = [];
    arrived = () => undefined;
    const app = express();
    app.use(requests.middleware);
    app.use((_request, response) => {
      open.push(response);
      arrived();
    });
    await new Promise<void>(resolve => {
      server = app.listen(0, '127.0.0.1', resolve);
    });
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  /** Sends a request and waits until the server has it in its hands. */
  async function send(): Promise<{ answer: Promise<http.IncomingMessage> }> {
    const { port } = server.address() as AddressInfo;
    const taken = new Promise<void>(resolve => {
      arrived = resolve;
    });
    const answer = new Promise<http.IncomingMessage>((resolve, reject) => {
      http
        .get({ port, host: '127.0.0.1', agent }, resolve)
        .once('error', reject);
    });
    await taken;
    return { answer };
  }

  it('settles when the last open request is answered', async () => {
    const first = await send();
    const second = await send();
    const answered = requests.answered(60_000);
    open[0].end('one');
    (await first.answer).resume();
    expect(requests.size).toBe(1);
    open[1].end('two');
    (await second.answer).resume();
    await answered;
    expect(requests.size).toBe(0);
  });

  it('settles although a request is never answered', async () => {
    const { answer } = await send();
    await requests.answered(1);
    expect(requests.size).toBe(1);
    open[0].end();
    (await answer).resume();
  });

  it('asks clients to leave, those that wait and those that come later', async () => {
    const waiting = await send();
    requests.drain();
    const later = await send();
    open.forEach(response => response.end());
    for (const { answer } of [waiting, later]) {
      const response = await answer;
      response.resume();
      expect(response.headers.connection).toBe('close');
    }
  });

  it('leaves connections alone before that', async () => {
    const { answer } = await send();
    open[0].end();
    const response = await answer;
    response.resume();
    expect(response.headers.connection).toBe('keep-alive');
  });

  it('ends event streams, which have no end of their own', async () => {
    const { answer } = await send();
    open[0].set('content-type', 'text/event-stream').flushHeaders();
    const stream = await answer;
    stream.resume();
    requests.drain();
    await expect(
      new Promise<string>(resolve => {
        stream.once('end', () => resolve('ended'));
      }),
    ).resolves.toBe('ended');
  });
});
