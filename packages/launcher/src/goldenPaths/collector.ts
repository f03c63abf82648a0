import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came in under one path. */
export type Received = {
  path: string;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
};

/** Hands on what came in, and answers as the other did. */
async function handOn(
  { path, headers, body }: Received,
  to: string,
  response: http.ServerResponse,
): Promise<void> {
  const answer = await fetch(new URL(path, to), {
    method: 'POST',
    headers: { 'content-type': headers['content-type'] ?? '' },
    body,
  });
  response
    .writeHead(answer.status)
    .end(Buffer.from(await answer.arrayBuffer()));
}

/** Plays what services send to: it takes whatever comes, and remembers it. */
export class Collector {
  readonly received: Received[] = [];
  readonly #server: http.Server;

  private constructor(handsOnTo?: string) {
    this.#server = http.createServer(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      const received = {
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(parts),
      };
      this.received.push(received);
      if (!handsOnTo) response.end();
      else {
        await handOn(received, handsOnTo, response).catch(error =>
          response.writeHead(502).end(String(error)),
        );
      }
    });
  }

  /** @param handsOnTo - the address of another, which gets it all as well and answers */
  static async start(handsOnTo?: string): Promise<Collector> {
    const collector = new Collector(handsOnTo);
    await new Promise<void>(resolve => {
      collector.#server.listen(0, '127.0.0.1', resolve);
    });
    return collector;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }
}
