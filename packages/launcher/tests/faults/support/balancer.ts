import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { ask } from './load.ts';

/** How often the balancer looks at readiness, in milliseconds. */
const checkMs = 200;

/** A balancer as small as can be: in turn to every replica that says it is ready. */
export type Balancer = {
  url: string;
  /** Replicas that get requests now. */
  ready(): string[];
  stop(): Promise<void>;
};

function forward(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  target: string,
  agent: http.Agent,
): void {
  const onward = http.request(
    new URL(request.url ?? '/', target),
    { method: request.method, headers: request.headers, agent },
    answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  onward.on('error', error => response.writeHead(502).end(String(error)));
  request.pipe(onward);
}

/** Balances over the replicas, on connections it keeps, without ever trying again. */
export async function startBalancer(replicas: string[]): Promise<Balancer> {
  const agent = new http.Agent({ keepAlive: true });
  let ready: string[] = [];
  let turn = 0;
  const watching = new AbortController();
  const check = async () => {
    const states = await Promise.all(
      replicas.map(replica =>
        ask(`${replica}/.backstage/health/v1/readiness`, {}, 1_000),
      ),
    );
    ready = replicas.filter((_, index) => states[index].status === 200);
  };
  const watch = async () => {
    while (!watching.signal.aborted) {
      await check();
      await delay(checkMs, undefined, { signal: watching.signal }).catch(
        () => undefined,
      );
    }
  };
  await check();
  const watched = watch();
  const server = http.createServer((request, response) => {
    turn += 1;
    const target = ready[turn % ready.length];
    if (target) forward(request, response, target, agent);
    else response.writeHead(502).end('no replica is ready');
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ready: () => ready,
    async stop() {
      watching.abort();
      await watched;
      agent.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}
