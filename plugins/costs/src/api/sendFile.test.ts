import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendFile } from './sendFile';

/** Of another origin than the page, as browsers see it. */
const open = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
};

let server: http.Server;
let url: string;
let answer: (
  request: http.IncomingMessage,
  response: http.ServerResponse,
) => void;

beforeAll(async () => {
  server = http.createServer((request, response) => {
    if (request.method === 'OPTIONS') response.writeHead(204, open).end();
    else answer(request, response);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/imports`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise(resolve => {
    server.close(resolve);
  });
});

const file = new File(['BilledCost,EffectiveCost'], 'bill.csv');

it('sends the bytes as the person, says how many went out, and answers what was answered', async () => {
  const heard: unknown[] = [];
  answer = async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { authorization, 'content-type': type } = request.headers;
    heard.push(authorization, type, Buffer.concat(chunks).toString());
    response
      .writeHead(409, { 'content-type': 'application/json', ...open })
      .end('{"error":{"name":"ConflictError"}}');
  };
  const sent: number[] = [];
  const response = await sendFile(url, file, {
    token: 'secret',
    onSent: bytes => sent.push(bytes),
  });
  expect(heard).toEqual([
    'Bearer secret',
    'application/octet-stream',
    'BilledCost,EffectiveCost',
  ]);
  expect(sent.at(-1)).toBe(file.size);
  expect(response.status).toBe(409);
  expect(await response.json()).toEqual({ error: { name: 'ConflictError' } });
});

it('is stopped by who does not want it sent any more', async () => {
  const stop = new AbortController();
  answer = () => stop.abort();
  await expect(
    sendFile(url, file, { signal: stop.signal }),
  ).rejects.toMatchObject({ name: 'AbortError' });
  await expect(
    sendFile(url, file, { signal: stop.signal }),
  ).rejects.toMatchObject({ name: 'AbortError' });
});

it('says that the connection broke', async () => {
  answer = request => request.socket.destroy();
  await expect(sendFile(url, file, {})).rejects.toThrow(
    'The connection broke while the file was sent',
  );
});
