import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { question } from './__testUtils__/questions';
import { OpaServerPolicyEngine } from './OpaServerPolicyEngine';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const denial = {
  rule: 'data-class',
  effect: 'deny',
  field: 'dataClass',
  message: 'm',
  reason: 'r',
  remedy: 'd',
};

describe('OpaServerPolicyEngine', () => {
  let server: Server | undefined;

  afterEach(async () => {
    server?.closeAllConnections();
    server?.close();
    if (server) await once(server, 'close');
    server = undefined;
  });

  async function engineFor(handler: Handler, path = '', timeoutMs = 5_000) {
    server = createServer(handler).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return new OpaServerPolicyEngine({
      url: new URL(`http://127.0.0.1:${port}${path}`),
      token: 'sesame',
      timeoutMs,
    });
  }

  const answering =
    (body: unknown, status = 200): Handler =>
    (_, response) => {
      response.statusCode = status;
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };

  it('asks the decision with the token, and gives what it says', async () => {
    const asked: unknown[] = [];
    const engine = await engineFor(async (request, response) => {
      asked.push({
        method: request.method,
        url: request.url,
        authorization: request.headers.authorization,
        body: await json(request),
      });
      response.end(
        JSON.stringify({
          result: { revision: 'v1', results: [denial], rules: [] },
        }),
      );
    });
    expect(await engine.judge(question)).toEqual({
      revision: 'v1',
      results: [denial],
      rules: [],
    });
    expect(asked).toEqual([
      {
        method: 'POST',
        url: '/v1/data/waymark/decision/answer',
        authorization: 'Bearer sesame',
        body: { input: question },
      },
    ]);
  });

  it.each(['/opa', '/opa/'])('keeps the path of its address, %s', async at => {
    let url: string | undefined;
    const engine = await engineFor((request, response) => {
      url = request.url;
      response.end(
        JSON.stringify({ result: { revision: 'v', results: [], rules: [] } }),
      );
    }, at);
    await engine.judge(question);
    expect(url).toBe('/opa/v1/data/waymark/decision/answer');
  });

  it.each([
    ['an undefined decision', answering({}), /decided nothing/],
    ['null', answering('null'), /decided nothing/],
    ['another form', answering({ result: { allow: true } }), /no answer/],
    [
      'an effect that nobody knows',
      answering({
        result: {
          revision: 'v',
          results: [{ ...denial, effect: 'alow' }],
          rules: [],
        },
      }),
      /no answer/,
    ],
    [
      'no revision',
      answering({ result: { results: [], rules: [] } }),
      /no answer/,
    ],
    [
      'no list of who judged',
      answering({ result: { revision: 'v', results: [] } }),
      /no answer/,
    ],
    ['what is not JSON', answering('<html>'), /JSON/],
    ['status 500', answering({ code: 'internal_error' }, 500), /answered 500/],
    ['status 401', answering({ code: 'unauthorized' }, 401), /answered 401/],
    ['status 204', answering('', 204), /answered 204/],
  ])('takes %s for an error', async (_, handler, reason) => {
    const engine = await engineFor(handler);
    await expect(engine.judge(question)).rejects.toThrow(reason);
  });

  it('does not go where it is sent with its token', async () => {
    const engine = await engineFor((_, response) => {
      response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end();
    });
    await expect(engine.judge(question)).rejects.toThrow(/fetch failed/);
  });

  it('takes silence for an error after its time', async () => {
    const engine = await engineFor(() => undefined, '', 50);
    await expect(engine.judge(question)).rejects.toThrow(
      /gave no answer in 50 ms/,
    );
  });

  it('takes half an answer for an error after its time', async () => {
    const engine = await engineFor(
      (_, response) => {
        response.write('{"result":');
      },
      '',
      50,
    );
    await expect(engine.judge(question)).rejects.toThrow(
      /gave no answer in 50 ms/,
    );
  });

  it('stops when the caller does not wait any more', async () => {
    const engine = await engineFor(() => undefined);
    await expect(
      engine.judge(question, { signal: AbortSignal.abort() }),
    ).rejects.toThrow(/abort/);
  });

  it('takes a server that is not there for an error', async () => {
    const engine = new OpaServerPolicyEngine({
      url: new URL('http://127.0.0.1:1'),
      timeoutMs: 5_000,
    });
    await expect(engine.judge(question)).rejects.toThrow(/fetch failed/);
  });
});
