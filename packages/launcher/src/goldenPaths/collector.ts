import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came in under one path. */
export type Received = {
  path: string;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
};

/** Plays what services send to: it takes whatever comes, and remembers it. */
export class Collector {
  readonly received: Received[] = [];
  readonly #server: http.Server;

  private constructor() {
    this.#server = http.createServer(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      this.received.push({
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(parts),
      });
      response.end();
    });
  }

  static async start(): Promise<Collector> {
    const collector = new Collector();
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
